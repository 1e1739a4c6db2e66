import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import NIOConcurrencyHelpers
import RecCore
import RecIndex
import ShopServer
import Testing

@Suite struct `A reload` {
    /// Settings that a test can change while the server runs.
    private final class Source: Sendable {
        private let settings = NIOLockedValueBox<ShopSettings?>(nil)

        func set(_ new: ShopSettings) { settings.withLockedValue { $0 = new } }

        func read() throws -> ShopSettings {
            guard let settings = settings.withLockedValue({ $0 }) else { throw CocoaError(.fileNoSuchFile) }
            return settings
        }
    }

    private func reload(_ shop: TestShop) async throws -> Answer {
        try await shop.send(.post, "/reload", headers: [.authorization: "Bearer \(TestShop.token)"])
    }

    @Test func `switches to the index that the settings name, and frees the old one`() async throws {
        let source = Source()
        try await TestShop.with(readSettings: { try source.read() }) { (shop) async throws in
            var next = shop.settings
            next.index = shop.folder + "/next.live"
            try await TestShop.copyIndex(to: next.index)
            let live = try LiveIndex(path: next.index)
            try await live.remove("10001")
            try await live.close()
            source.set(next)
            #expect(try await shop.send(.get, "/products/10001").status == 200)
            let answer = try await reload(shop)
            #expect(answer.status == 200 && answer.text == "{\"generation\":2}")
            #expect(try await shop.send(.get, "/products/10001").status == 404)
            #expect(try await shop.put("new", Form(attributes: #"{"gender": "Men"}"#)).status == 201)
            #expect(try LiveIndexReader(path: next.index).snapshot.product("new") != nil)
            #expect(try shop.library().product("new") == nil)
            // Only one process may change a folder: opening proves that the server has let go of it.
            try await LiveIndex(path: shop.settings.index).close()
        }
    }

    @Test func `goes on with a live folder that is in use already`() async throws {
        let source = Source()
        try await TestShop.with(readSettings: { try source.read() }) { (shop) async throws in
            source.set(shop.settings)
            let answers = [try await reload(shop), try await reload(shop)]
            #expect(answers.map(\.text) == ["{\"generation\":2}", "{\"generation\":3}"])
            #expect(try await shop.put("new", Form(attributes: #"{"gender": "Men"}"#)).status == 201)
            #expect(try shop.library().product("new") != nil)
        }
    }

    @Test func `measures the recall of searches anew`() async throws {
        let source = Source()
        let lines = Lines()
        let logger = Logger(label: "test") { JSONLogHandler(label: $0, level: .info) { lines.append($0) } }
        func measurements() -> Int { lines.all.count { $0.contains("Searches are approximate.") } }
        let large = FileManager.default.temporaryDirectory.appending(path: "shop-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: large) }
        try await LiveIndexMaker.makeLarge(large, like: try await TestShop.sample(), count: 1000, graph: false)
        try await TestShop.with(
            change: { settings in
                settings.index = large
                settings.recall = 1
            },
            logger: logger,
            readSettings: { try source.read() }
        ) { (shop) async throws in
            #expect(measurements() == 0)
            for (recall, count) in [(0.9, 1), (1.0, 1), (0.6, 2)] {
                var next = shop.settings
                next.recall = recall
                source.set(next)
                #expect(try await reload(shop).status == 200)
                #expect(measurements() == count)
            }
        }
    }

    @Test func `keeps the old index when the new one cannot be used`() async throws {
        let source = Source()
        try await TestShop.with(readSettings: { try source.read() }) { (shop) async throws in
            var missing = shop.settings
            missing.index = shop.folder + "/nothing.live"
            missing.catalog = nil
            // A catalogue fills a new folder at the start only.
            var mistyped = shop.settings
            mistyped.index = shop.folder + "/mistyped.live"
            var damaged = shop.settings
            damaged.index = shop.folder + "/damaged.index"
            try Data("no index".utf8).write(to: URL(filePath: damaged.index))
            var swapped = shop.settings
            swapped.index = shop.folder + "/swapped.live"
            // The product has the vector of another picture, so its own does not find it.
            let index = try shop.library()
            let name = "\(TestShop.catalog)/images/10100.jpg"
            try await LiveIndexMaker.make(swapped.index, like: index, pictures: [name]).close()
            var unreadable = shop.settings
            unreadable.weights = shop.folder + "/no-weights.pth"
            for (number, settings) in [missing, mistyped, damaged, swapped, unreadable].enumerated() {
                source.set(settings)
                let answer = try await reload(shop)
                #expect(answer.code == "reload-failed", "\(number)")
                #expect(answer.status == 409)
                #expect(!answer.text.contains(shop.folder), "paths stay in the log")
                #expect(try await shop.send(.get, "/ready").text.contains("\"generation\":1"))
                #expect(try await shop.send(.get, "/products/10001/similar").status == 200)
            }
            let metrics = try await shop.send(.get, "/metrics").text
            #expect(metrics.contains("shop_reloads_total{result=\"failed\"}"))
            #expect(!FileManager.default.fileExists(atPath: mistyped.index))
            // What was opened for the test was closed again.
            try await LiveIndex(path: swapped.index).close()
        }
    }

    @Test func `lets a request under way end on the old index`() async throws {
        let source = Source()
        try await TestShop.with(readSettings: { try source.read() }) { (shop) async throws in
            var next = shop.settings
            next.index = shop.folder + "/next.live"
            try await TestShop.copyIndex(to: next.index)
            source.set(next)
            let form = Form(attributes: #"{"gender": "Men"}"#, picture: try TestShop.picture("10002"))
            try await shop.server.application().test(.live) { client in
                let port = try #require(client.port)
                let request = try await SlowRequest.begin(
                    port: port,
                    head: [
                        "PUT /products/new HTTP/1.1", "Host: localhost", "Content-Type: \(form.contentType)",
                        "Authorization: Bearer \(TestShop.token)", "Content-Length: \(form.bytes.count)",
                        "Connection: close",
                    ],
                    firstPart: Array(form.bytes.prefix(500))
                )
                // The request holds its generation once it is under way.
                while !(try await client.execute(uri: "/metrics", method: .get) { String(buffer: $0.body) })
                    .contains("shop_pictures_under_way 1.0")
                { try await Task.sleep(for: .milliseconds(5)) }
                try await shop.server.reload()
                #expect(throws: RecError.self) { try LiveIndex(path: shop.settings.index) }
                let answer = try await request.end(with: Array(form.bytes.dropFirst(500)))
                #expect(answer.hasPrefix("HTTP/1.1 201"))
            }
            #expect(try shop.library().product("new") != nil)
            #expect(try LiveIndexReader(path: next.index).snapshot.product("new") == nil)
            try await LiveIndex(path: shop.settings.index).close()
        }
    }
}

import Foundation
import RecCore
import RecIndex
import ShopServer
import Testing

@Suite struct `Changes` {
    private static let attributes = #"{"gender": "Women", "baseColour": ["Red", "Black"], "year": 2020}"#

    @Test func `a product that was put is found at once, replaced, and gone when it is deleted`() async throws {
        try await TestShop.with { (shop) async throws in
            let picture = try TestShop.picture("10003")
            let form = Form(attributes: Self.attributes, picture: picture, title: "Kleid \"größer\"\\\n\u{1}")
            let made = try await shop.put("n%20ew%2F1", form)
            #expect(made.status == 201)
            let product: ProductAnswer = try made.decoded()
            #expect(product.id == "n ew/1" && product.title == "Kleid \"größer\"\\\n\u{1}")
            #expect(product.attributes == ["gender": ["Women"], "baseColour": ["Red", "Black"], "year": ["2020"]])
            #expect(try await shop.send(.get, "/products/n%20ew%2F1").decoded(as: ProductAnswer.self) == product)

            let found: RankingAnswer = try await shop.send(.post, "/search/image?count=2", body: picture).decoded()
            #expect(Set(found.results.map(\.id)) == ["n ew/1", "10003"])
            #expect(found.results.allSatisfy { $0.score > 0.9999 })
            #expect(found.results.first { $0.id == "n ew/1" }?.title == product.title)
            #expect(try await shop.send(.get, try #require(product.picture)).status == 200)
            let page: PageAnswer = try await shop.send(.get, "/products?baseColour=Black&year=2020").decoded()
            #expect(page.results == [product])

            let replaced = try await shop.put("n%20ew%2F1", Form(attributes: "{\"gender\": \"Men\"}"))
            #expect(replaced.status == 200)
            #expect(try replaced.decoded(as: ProductAnswer.self).picture == nil)
            #expect(try await shop.delete("n%20ew%2F1").status == 204)
            #expect(try await shop.delete("n%20ew%2F1").code == "unknown-product")
            #expect(try await shop.send(.get, "/products/n%20ew%2F1").status == 404)
        }
    }

    @Test func `pictures that are replaced or deleted leave no files, those of the catalogue stay`() async throws {
        try await TestShop.with { (shop) async throws in
            func files() -> Int {
                (try? FileManager.default.contentsOfDirectory(atPath: shop.settings.index + ".pictures").count) ?? 0
            }
            let (one, other) = (try TestShop.picture("10003"), try TestShop.picture("10004"))
            for picture in [one, other, one] {
                try await shop.put("new", Form(attributes: "{}", picture: picture))
                #expect(files() == 1)
            }
            try await shop.delete("new")
            #expect(files() == 0)
            #expect(try await shop.delete("10001").status == 204)
            #expect(FileManager.default.fileExists(atPath: TestShop.catalog + "/images/10001.jpg"))
        }
    }

    @Test func `what was acknowledged is there after the server has gone`() async throws {
        try await TestShop.with { (shop) async throws in
            try await shop.put("new", Form(attributes: Self.attributes, picture: try TestShop.picture("10005")))
            try await shop.delete("10002")
            // The reader sees what is in the folder, as a server would that starts after a failure.
            let index = try shop.library()
            #expect(index.product("new")?["gender"] == "Women")
            #expect(try index.embedding(of: "new")?.blocks.count == 2)
            #expect(index.product("10002") == nil)
        }
    }

    @Test func `a product has the embedding that the catalogue's job gave it`() async throws {
        try await TestShop.with { (shop) async throws in
            let old: ProductAnswer = try await shop.send(.get, "/products/10001").decoded()
            let before = try #require(try shop.library().embedding(of: "10001"))
            let json = String(decoding: try JSONEncoder().encode(old.attributes), as: UTF8.self)
            try await shop.put("10001", Form(attributes: json, picture: try TestShop.picture("10001")))
            #expect(try shop.library().embedding(of: "10001") == before)
        }
    }

    @Test(arguments: ["not a token", "a token of the test", "A token of the tests", ""])
    func `a wrong token changes nothing`(token: String) async throws {
        try await TestShop.with { (shop) async throws in
            let answer = try await shop.put("new", Form(attributes: "{}"), token: token)
            #expect(answer.status == 401)
            #expect(answer.headers[.wwwAuthenticate] == "Bearer")
            #expect(try await shop.send(.delete, "/products/10001").status == 401)
            #expect(try shop.library().count == 187)
        }
    }

    @Test func `without a token of its own the server refuses all changes`() async throws {
        try await TestShop.with(change: { $0.token = nil }) { (shop) async throws in
            let answers = [
                try await shop.put("new", Form(attributes: "{}"), token: ""),
                try await shop.put("new", Form(attributes: "{}"), token: nil),
                try await shop.send(.post, "/reload"),
            ]
            #expect(answers.map(\.status) == [401, 401, 401])
        }
    }

    @Test func `many wrong tokens are answered with 429, and the right one still works`() async throws {
        try await TestShop.with { (shop) async throws in
            let application = try shop.server.application()
            let codes = try await application.test(.router) { client in
                var codes: [Int] = []
                for number in 0..<24 {
                    let response = try await client.execute(
                        uri: "/products/10001",
                        method: .delete,
                        headers: [.authorization: "Bearer \(number)"]
                    )
                    codes.append(response.status.code)
                }
                let right = try await client.execute(
                    uri: "/products/10001",
                    method: .delete,
                    headers: [.authorization: "Bearer \(TestShop.token)"]
                )
                return codes + [right.status.code]
            }
            #expect(codes == Array(repeating: 401, count: 20) + Array(repeating: 429, count: 4) + [204])
        }
    }

    @Test func `an index file is read and not changed`() async throws {
        try await TestShop.with { (shop) async throws in
            let path = shop.folder + "/shop.index"
            try await shop.library().write(to: path)
            var settings = shop.settings
            settings.index = path
            let server = try await ShopServer(settings, metrics: TestShop.metrics, logger: TestShop.quiet)
            let readOnly = TestShop(settings: settings, server: server, folder: shop.folder)
            let answer = try await readOnly.put("new", Form(attributes: "{}"))
            #expect(answer.status == 409)
            #expect(answer.code == "read-only")
            #expect(answer.text.contains("rec-demo publish"))
            #expect(try await readOnly.delete("10001").status == 409)
            #expect(try await readOnly.send(.get, "/products/10001/similar").status == 200)
            #expect(try await readOnly.send(.get, "/ready").text.contains("\"writable\":false"))
        }
    }
}

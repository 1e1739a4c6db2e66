import Foundation
import Hummingbird
import HummingbirdTesting
import NIOCore
import RecImage
import ShopServer
import Testing

@Suite struct `Pictures` {
    @Test func `a picture finds its product first, whatever its format`() async throws {
        try await TestShop.reading { (shop) async throws in
            let images = try FileManager.default.contentsOfDirectory(atPath: TestShop.catalog + "/images").sorted()
            for name in images.prefix(4) + images.filter({ $0.hasSuffix("png") || $0.hasSuffix("webp") }) {
                let bytes = Array(try Data(contentsOf: URL(filePath: "\(TestShop.catalog)/images/\(name)")))
                let answer = try await shop.send(.post, "/search/image?count=3", body: bytes)
                let found: RankingAnswer = try answer.decoded()
                #expect(found.results.contains { "\(name)".hasPrefix($0.id + ".") && $0.score > 0.999 }, "\(name)")
            }
        }
    }

    @Test func `bodies that are no usable picture are refused, with what is wrong`() async throws {
        let picture = try TestShop.picture("10001")
        let bodies: [([UInt8], Int, Set<String>)] = [
            ([], 422, ["empty-file"]),
            (Array("hello".utf8), 415, ["not-jpeg"]),
            (Array("GIF89a\u{1}\u{0}\u{1}\u{0}".utf8), 415, ["not-jpeg"]),
            (Array(picture.prefix(3000)), 422, ["truncated-image"]),
        ]
        try await TestShop.reading { (shop) async throws in
            for (body, status, codes) in bodies {
                let answer = try await shop.send(.post, "/search/image", body: body)
                #expect(answer.status == status)
                #expect(codes.contains(answer.code ?? ""), "\(answer.text)")
                guard !body.isEmpty else { continue }
                let put = try await shop.put("new", Form(attributes: #"{"gender": "Men"}"#, picture: body))
                #expect(put.status == status)
            }
            #expect(try shop.library().product("new") == nil)
        }
    }

    @Test func `a picture with too many pixels is refused`() async throws {
        let picture = try TestShop.picture("10001")
        try await TestShop.with(change: { $0.maximumPixelCount = 10_000 }) { (shop) async throws in
            let answer = try await shop.send(.post, "/search/image", body: picture)
            #expect(answer.status == 413 && answer.code == "image-too-large")
            let put = try await shop.put("new", Form(attributes: #"{"gender": "Men"}"#, picture: picture))
            #expect(put.status == 413)
            #expect(try await shop.send(.get, "/pictures/10001").code == "no-picture")
        }
    }

    @Test func `a body that is too long is refused`() async throws {
        try await TestShop.with(change: { $0.maximumBodySize = 20_000 }) { (shop) async throws in
            let body = [UInt8](repeating: 0xFF, count: 20_001)
            #expect(try await shop.send(.post, "/search/image", body: body).status == 413)
            #expect(try await shop.put("new", Form(attributes: "{}", picture: body)).code == "body-too-large")
        }
    }

    @Test func `a queue that is full answers 503 and when to try again`() async throws {
        let picture = try TestShop.picture("10001")
        try await TestShop.with(change: { $0.maximumPendingPictures = 1 }) { (shop) async throws in
            let answers = try await shop.server.application().test(.router) { client in
                try await withThrowingTaskGroup(of: Answer.self) { group in
                    for _ in 0..<16 {
                        group.addTask {
                            Answer(
                                try await client.execute(
                                    uri: "/search/image",
                                    method: .post,
                                    body: ByteBuffer(bytes: picture)
                                )
                            )
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
            }
            let refused = answers.filter { $0.status != 200 }
            #expect(!refused.isEmpty && refused.count < answers.count)
            #expect(refused.allSatisfy { $0.status == 503 && $0.code == "queue-full" })
            #expect(refused.allSatisfy { $0.headers[.retryAfter] == "1" })
            #expect(try await shop.send(.post, "/search/image", body: picture).status == 200)
        }
    }

    @Test func `small pictures are JPEG files of the width asked for, with strong validators`() async throws {
        try await TestShop.reading { (shop) async throws in
            let product: ProductAnswer = try await shop.send(.get, "/products/10001").decoded()
            let address = try #require(product.picture)
            let original = try jpegWidth(try TestShop.picture("10001"))
            var tags: Set<String> = []
            for width in [160, 320, 640] {
                let answer = try await shop.send(.get, "\(address)&width=\(width)")
                #expect(answer.status == 200)
                #expect(answer.headers[.contentType] == "image/jpeg")
                // A file of the catalogue may be replaced in its place.
                #expect(answer.headers[.cacheControl] == "public, max-age=60")
                #expect(try jpegWidth(answer.bytes) == min(width, original))
                let tag = try #require(answer.headers[.eTag])
                tags.insert(tag)
                let again = try await shop.send(
                    .get,
                    "\(address)&width=\(width)",
                    headers: [.ifNoneMatch: "\"x\", \(tag)"]
                )
                #expect(again.status == 304 && again.bytes.isEmpty && again.headers[.eTag] == tag)
            }
            #expect(tags.count >= 2)
            let bare = try await shop.send(.get, "/pictures/10001")
            #expect(bare.headers[.cacheControl] == "public, max-age=60")
            #expect(try await shop.send(.get, "/pictures/10001?width=161").status == 400)
        }
    }

    @Test func `a product that is put shows its own picture, also where the old one was`() async throws {
        try await TestShop.with { (shop) async throws in
            let old = try await shop.send(.get, "/pictures/10001")
            let form = Form(attributes: #"{"gender": "Men"}"#, picture: try TestShop.picture("10007"))
            let product: ProductAnswer = try await shop.put("10001", form).decoded()
            let new = try await shop.send(.get, try #require(product.picture))
            #expect(new.status == 200 && new.headers[.eTag] != old.headers[.eTag])
            #expect(new.headers[.cacheControl] == "public, max-age=31536000, immutable")
            #expect(try await shop.send(.get, "/pictures/10007").bytes == new.bytes)
        }
    }

    @Test func `uploaded pictures that no product has are removed, and nothing else`() async throws {
        try await TestShop.with { (shop) async throws in
            let form = Form(attributes: #"{"gender": "Men"}"#, picture: try TestShop.picture("10007"))
            #expect(try await shop.put("10001", form).status == 200)
            let uploads = shop.settings.index + ".pictures"
            let used = try FileManager.default.contentsOfDirectory(atPath: uploads)
            #expect(used.count == 1)
            let orphan = String(repeating: "0a", count: 16)
            let others = ["notes.txt", "10001.jpg", "folder", orphan.uppercased()]
            for file in [orphan, orphan + ".part", "notes.txt", "10001.jpg", orphan.uppercased()] {
                try Data("x".utf8).write(to: URL(filePath: "\(uploads)/\(file)"))
            }
            try FileManager.default.createDirectory(atPath: uploads + "/folder", withIntermediateDirectories: true)
            let young = String(repeating: "1b", count: 16)
            for file in used + others + [orphan, orphan + ".part"] {
                let old = [FileAttributeKey.modificationDate: Date(timeIntervalSinceNow: -7200)]
                try FileManager.default.setAttributes(old, ofItemAtPath: "\(uploads)/\(file)")
            }
            try Data("x".utf8).write(to: URL(filePath: "\(uploads)/\(young)"))
            await shop.server.removeOrphanedPictures()
            let left = try FileManager.default.contentsOfDirectory(atPath: uploads)
            #expect(Set(left) == Set(used + others + [young]))
        }
    }

    @Test(arguments: [
        "nope", "..", "%2e%2e", "..%2F..%2F..%2F..%2Fetc%2Fpasswd", "%2Fetc%2Fpasswd", "images%2F10001.jpg",
        "10001.jpg",
        "%00", "10001%00.jpg", "upload:0123456789abcdef0123456789abcdef", "%E2%80%AE", "%C0%AE%C0%AE", "%uFF0E",
        "..\\..",
    ])
    func `no identifier leads out of the folder of pictures`(id: String) async throws {
        try await TestShop.reading { (shop) async throws in
            let answer = try await shop.send(.get, "/pictures/\(id)")
            #expect(answer.status == 404 || answer.status == 400)
            #expect(answer.code != nil)
        }
    }

    @Test func `an index that names files elsewhere shows none of them`() async throws {
        try await TestShop.with { (shop) async throws in
            let secret = shop.folder + "/secret.jpg"
            try Data(try TestShop.picture("10001")).write(to: URL(filePath: secret))
            var settings = shop.settings
            settings.index = shop.folder + "/other.live"
            let index = try shop.library()
            let names = [
                secret, "../secret.jpg", TestShop.catalog + "/../../secret.jpg", "upload:../../secret.jpg", "/",
            ]
            let live = try await LiveIndexMaker.make(settings.index, like: index, pictures: names)
            try await live.close()
            let server = try await ShopServer(settings, metrics: TestShop.metrics, logger: TestShop.quiet)
            let other = TestShop(settings: settings, server: server, folder: shop.folder)
            for number in names.indices {
                let answer = try await other.send(.get, "/pictures/p\(number)")
                #expect(answer.code == "no-picture", "\(names[number])")
            }
            await server.close()
        }
    }

    /// The width in the header of a JPEG file.
    private func jpegWidth(_ bytes: [UInt8]) throws -> Int {
        var place = 2
        while place + 9 < bytes.count {
            let (marker, length) = (bytes[place + 1], Int(bytes[place + 2]) << 8 | Int(bytes[place + 3]))
            if (0xC0...0xC2).contains(marker) { return Int(bytes[place + 7]) << 8 | Int(bytes[place + 8]) }
            place += 2 + length
        }
        throw CocoaError(.fileReadCorruptFile)
    }
}

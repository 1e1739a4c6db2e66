import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOConcurrencyHelpers
import NIOCore
import ShopServer
import Testing

@Suite struct `Answers that are kept` {
    /// A cache that counts the bodies that are made, each with the number of its making.
    private struct Counted {
        let cache: AnswerCache
        let made = NIOLockedValueBox(0)

        func body(_ address: String, _ state: CatalogueState, size: Int = 10) async throws -> String {
            let body = try await cache.body(for: address, of: state) {
                let number = made.withLockedValue { made in
                    made += 1
                    return made
                }
                return ByteBuffer(string: "\(number)" + String(repeating: "x", count: size))
            }
            return String(buffer: body).replacing("x", with: "")
        }
    }

    private static let state = CatalogueState(generation: 1, version: 7)

    @Test func `are made once for a state of the catalogue`() async throws {
        let counted = Counted(cache: AnswerCache(limit: 10_000))
        #expect(try await counted.body("/a", Self.state) == "1")
        #expect(try await counted.body("/b", Self.state) == "2")
        #expect(try await counted.body("/a", Self.state) == "1")
        #expect(try await counted.body("/b", Self.state) == "2")
        for (number, state) in [
            (3, CatalogueState(generation: 1, version: 8)), (4, CatalogueState(generation: 2, version: 8)),
            (5, Self.state),
        ] {
            #expect(try await counted.body("/a", state) == "\(number)")
            #expect(try await counted.body("/a", state) == "\(number)")
        }
    }

    @Test func `go first when nobody asks for them`() async throws {
        let counted = Counted(cache: AnswerCache(limit: 20_000))
        for number in 1...200 {
            #expect(try await counted.body("/\(number)", Self.state, size: 1000) == "\(number)")
            #expect(try await counted.body("/1", Self.state, size: 1000) == "1")
        }
        #expect(try await counted.body("/2", Self.state, size: 1000) == "201")
        #expect(try await counted.body("/1", Self.state, size: 1000) == "1")
    }

    @Test(arguments: [(0, 10), (10_000, 100_000)])
    func `are none without room for them`(limit: Int, size: Int) async throws {
        let counted = Counted(cache: AnswerCache(limit: limit))
        #expect(try await counted.body("/a", Self.state, size: size) == "1")
        #expect(try await counted.body("/a", Self.state, size: size) == "2")
    }

    @Test func `are none for an index that does not count its changes`() async throws {
        let counted = Counted(cache: AnswerCache(limit: 10_000))
        let state = CatalogueState(generation: 1, version: nil)
        #expect(try await counted.body("/a", state) == "1")
        #expect(try await counted.body("/a", state) == "2")
    }

    @Test func `are not kept when the catalogue changed meanwhile, and neither are errors`() async throws {
        struct Failure: Error {}
        let counted = Counted(cache: AnswerCache(limit: 10_000))
        let next = CatalogueState(generation: 1, version: 8)
        await #expect(throws: Failure.self) {
            try await counted.cache.body(for: "/a", of: Self.state) { throw Failure() }
        }
        _ = try await counted.cache.body(for: "/a", of: Self.state) {
            let other = try await counted.body("/b", next)
            #expect(other == "1")
            return ByteBuffer(string: "old")
        }
        #expect(try await counted.body("/a", next) == "2")
        #expect(try await counted.body("/b", next) == "1")
    }

    @Test func `of the server are those of the catalogue now`() async throws {
        try await TestShop.with { (shop) async throws in
            // Kept answers are those of one application.
            try await shop.server.application().test(.router) { client in
                func send(
                    _ method: HTTPRequest.Method,
                    _ address: String,
                    _ headers: HTTPFields = [:],
                    _ body: [UInt8] = []
                ) async throws -> Answer {
                    Answer(
                        try await client.execute(
                            uri: address,
                            method: method,
                            headers: headers,
                            body: ByteBuffer(bytes: body)
                        )
                    )
                }
                let address = "/products/10001/similar?count=5"
                let first = try await send(.get, address)
                #expect(try await send(.get, address).bytes == first.bytes)
                let product: ProductAnswer = try await send(.get, "/products/10001").decoded()
                let attributes = product.attributes.map { "\"\($0.key)\": \"\($0.value[0])\"" }.joined(separator: ", ")
                let twin = Form(attributes: "{\(attributes)}", picture: try TestShop.picture("10001"), title: "twin")
                var headers: HTTPFields = [.authorization: "Bearer \(TestShop.token)"]
                headers[.contentType] = twin.contentType
                #expect(try await send(.put, "/products/twin", headers, twin.bytes).status == 201)
                for _ in 0..<2 {
                    let ranking: RankingAnswer = try await send(.get, address).decoded()
                    #expect(ranking.results.first?.id == "twin")
                }
                #expect(try await send(.get, "/products/twin/similar").status == 200)
                #expect(try await send(.delete, "/products/twin", headers).status == 204)
                #expect(try await send(.get, address).bytes == first.bytes)
                #expect(try await send(.get, "/products/twin/similar").status == 404)
            }
        }
    }
}

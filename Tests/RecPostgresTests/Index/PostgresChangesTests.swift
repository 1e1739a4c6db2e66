#if Postgres
import RecCore
import RecEngines
import RecIndex
import RecPostgres
import RecTesting
import Testing

@Suite("Changes of an index in a table") struct PostgresChangesTests {
    private static let tables = TestTables()

    @Test func `give the index that a builder makes of the same products`() async throws {
        let script = ScriptedChanges(seed: 11)
        let index = try await Self.tables.index(script.catalogue.space, [])
        for number in 1...12 as ClosedRange<UInt64> {
            let (upserts, removals) = script.batch(number)
            try await index.change(upserting: upserts, removing: removals)
            let state = script.state(after: number).values.map(\.self)
            #expect(try await index.productCount() == state.count)
            let query = SearchQuery(script.catalogue.queries[0], count: 1000, contents: .all)
            let local = try await localIndex(script.catalogue.space, state)
            #expect(try await index.search([query])[0] == local.neighbors(query))
        }
        #expect(try await index.remove(["nobody", "p\0"]) == 0)
        let all = try await index.ids(after: nil, count: 1000)
        #expect(try await index.remove(all + all) == all.count)
    }

    @Test func `are in the host's transaction if it wants`() async throws {
        let catalogue = RandomCatalogue(count: 20, seed: 12)
        let pool = try await Self.tables.database.pool()
        let index = try await Self.tables.index(catalogue.space, [], pool: pool)
        struct Refusal: Error {}
        await #expect(throws: Refusal.self) {
            try await pool.transaction { connection in
                try await index.change(upserting: catalogue.products, removing: [], on: connection)
                throw Refusal()
            }
        }
        #expect(try await index.productCount() == 0)
        try await pool.transaction { connection in
            _ = try await index.change(upserting: catalogue.products, removing: [], on: connection)
        }
        #expect(try await index.productCount() == 20)
    }

    @Test func `all happen or none`() async throws {
        let catalogue = RandomCatalogue(count: 20, seed: 13)
        let index = try await Self.tables.index(catalogue.space, Array(catalogue.products.prefix(5)))
        let bad = EmbeddedProduct(
            product: Product(id: "bad", title: "a\0b"),
            embedding: catalogue.products[0].embedding
        )
        let error = await #expect(throws: RecError.self) {
            try await index.change(upserting: catalogue.products + [bad], removing: [catalogue.products[0].product.id])
        }
        #expect(error?.code == .invalidProduct)
        #expect(try await index.productCount() == 5)
    }

    @Test func `of many writers at once are all kept`() async throws {
        let catalogue = RandomCatalogue(count: 200, seed: 14)
        let index = try await Self.tables.index(catalogue.space, [])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    // Every writer writes products of others too, in another order.
                    let part = (0..<7).map { catalogue.products[(number + $0 * 13) % 200] }
                    try await index.upsert(part.shuffled())
                    _ = try await index.search([SearchQuery(catalogue.queries[number % 14], count: 3)])
                }
            }
            try await group.waitForAll()
        }
        let query = SearchQuery(catalogue.queries[0], count: 1000, contents: .all)
        let local = try await localIndex(catalogue.space, catalogue.products)
        #expect(try await index.search([query])[0] == local.neighbors(query))
    }

    @Test func `digests tell what is stored`() async throws {
        let catalogue = RandomCatalogue(count: 60, seed: 15)
        let index = try await Self.tables.index(catalogue.space, catalogue.products)
        let expected = catalogue.products.map {
            PublishedProduct(id: $0.product.id, digest: ProductDigest($0, in: catalogue.space))
        }.sorted { $0.id < $1.id }
        #expect(try await index.digests(after: nil, count: 100) == expected)
    }
}
#endif

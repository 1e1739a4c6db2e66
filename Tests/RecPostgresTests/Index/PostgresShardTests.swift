#if Postgres
import Foundation
import RecCore
import RecIndex
import RecPostgres
import RecTesting
import Synchronization
import Testing

/// The end of searches and changes.
private final class End: Sendable {
    let isReached = Atomic<Bool>(false)
}

@Suite("An index on three shards", .serialized) struct PostgresShardTests {
    private static let cluster = Task.detached { try PostgresServer.startCluster() }
    private static let count = Atomic<Int>(0)

    private static func address(_ offset: Int) async throws -> PostgresAddress {
        let server = try await cluster.value
        let text = server.address.description
        let port = try #require(text.firstMatch(of: /:(\d+)\//).flatMap { Int($0.1) })
        return try PostgresAddress("postgresql://postgres@127.0.0.1:\(port + offset)/postgres")
    }

    private static func pool(_ offset: Int = 0) async throws -> PostgresPool {
        try PostgresPool(try await address(offset))
    }

    private static func index(_ space: EmbeddingSpace, _ products: [EmbeddedProduct]) async throws -> PostgresIndex {
        let name = "shared \(count.add(1, ordering: .relaxed).newValue)"
        try await create(name, space, on: pool(1))
        try await create(name, space, on: pool(2))
        try await create(name, space, on: pool(3))
        let coordinator = try await pool()
        let servers = ["shard1", "shard2", "shard3"]
        let index = try await PostgresIndex.create(table: name, space: space, in: coordinator, shards: servers)
        try await index.upsert(products)
        return index
    }

    private static func create(_ name: String, _ space: EmbeddingSpace, on shard: PostgresPool) async throws {
        _ = try await PostgresIndex.create(table: name, space: space, in: shard)
    }

    @Test func `keeps the promises of an index`() async throws {
        try await SimilarityIndexConformance(refusesFusions: true) { space, products in
            try await Self.index(space, products)
        }.check(seed: 61, count: 150)
    }

    @Test func `gives the answers of an index in this process, also after changes`() async throws {
        let script = ScriptedChanges(count: 200, seed: 62)
        let index = try await Self.index(script.catalogue.space, script.catalogue.products)
        var state = Dictionary(uniqueKeysWithValues: script.catalogue.products.map { ($0.product.id, $0) })
        for number in 1...4 as ClosedRange<UInt64> {
            let (upserts, removals) = script.batch(number)
            try await index.change(upserting: upserts, removing: removals)
            script.advance(&state, by: number)
            let local = try await localIndex(script.catalogue.space, Array(state.values))
            for embedding in script.catalogue.queries {
                let query = SearchQuery(
                    embedding,
                    count: 20,
                    filter: .number("price", in: ...15),
                    contents: .all
                )
                #expect(try await index.search([query])[0] == local.neighbors(query))
            }
            #expect(try await index.productCount() == state.count)
        }
    }

    @Test func `an index without one of its shards gives errors, and answers again when it is back`() async throws {
        let catalogue = RandomCatalogue(count: 100, seed: 63)
        let index = try await Self.index(catalogue.space, catalogue.products)
        let query = SearchQuery(catalogue.queries[0], count: 100)
        let expected = try await index.search([query])
        #expect(expected[0].count > 50)
        let server = try await Self.cluster.value
        let shard = PostgresServer(address: try await Self.address(2), folder: server.folder + "/shard2")
        kill(try shard.processID(), SIGKILL)
        try await Task.sleep(for: .milliseconds(300))
        for _ in 0..<5 {
            await #expect(throws: RecError.self) { try await index.search([query]) }
            await #expect(throws: RecError.self) { try await index.upsert(catalogue.products) }
            await #expect(throws: RecError.self) { try await index.productCount() }
        }
        try shard.restart()
        #expect(try await index.search([query]) == expected)
    }

    @Test func `a shard that is killed while others write loses nothing acknowledged, and makes no answer wrong`()
        async throws
    {
        let catalogue = RandomCatalogue(count: 100, seed: 64)
        let index = try await Self.index(catalogue.space, catalogue.products)
        @Sendable func written(_ round: Int) -> [EmbeddedProduct] {
            (0..<6).map { number in
                let product = Product(id: ProductID("w\(round)-\(number)"), attributes: ["batch": ["writer"]])
                return EmbeddedProduct(product: product, embedding: catalogue.products[0].embedding)
            }
        }
        try await index.upsert(written(0))
        let query = SearchQuery(catalogue.queries[0], count: 100, filter: .not(.has("batch", "writer")))
        let expected = try await index.search([query])
        let end = End()
        let searching = Task { () async throws -> (right: Int, wrong: Int, failed: Int) in
            var outcome = (right: 0, wrong: 0, failed: 0)
            while !end.isReached.load(ordering: .relaxed) {
                do {
                    if try await index.search([query]) == expected { outcome.right += 1 } else { outcome.wrong += 1 }
                } catch is RecError {
                    outcome.failed += 1
                }
                try await Task.sleep(for: .milliseconds(20))
            }
            return outcome
        }
        let writing = Task { () async throws -> (acknowledged: [ProductID], failed: Int) in
            var outcome = (acknowledged: [ProductID](), failed: 0)
            var round = 1
            while !end.isReached.load(ordering: .relaxed) {
                do {
                    try await index.upsert(written(round))
                    outcome.acknowledged += written(round).map(\.product.id)
                } catch is RecError {
                    outcome.failed += 1
                }
                round += 1
                try await Task.sleep(for: .milliseconds(20))
            }
            return outcome
        }
        let server = try await Self.cluster.value
        let shard = PostgresServer(address: try await Self.address(2), folder: server.folder + "/shard2")
        try await Task.sleep(for: .milliseconds(500))
        kill(try shard.processID(), SIGKILL)
        try await Task.sleep(for: .seconds(1))
        try shard.restart()
        try await Task.sleep(for: .seconds(1))
        end.isReached.store(true, ordering: .relaxed)
        let (searches, writes) = (try await searching.value, try await writing.value)
        #expect(searches.wrong == 0 && searches.failed > 0 && searches.right > 0, "\(searches)")
        #expect(writes.failed > 0 && !writes.acknowledged.isEmpty)
        let found = try await index.products(writes.acknowledged, .none)
        #expect(found.allSatisfy { $0 != nil })
        #expect(try await index.search([query]) == expected)
        print(
            "killed a shard: searches: \(searches.right) right, \(searches.failed) errors, \(searches.wrong) wrong; "
                + "\(writes.acknowledged.count) products acknowledged and there, \(writes.failed) changes failed"
        )
    }
}
#endif

#if Postgres
import Foundation
import RecCore
import RecEngines
import RecIndex
import RecPostgres
import RecTesting
import Synchronization
import Testing

private let address = ProcessInfo.processInfo.environment["REC_CITUS"]

/// A table that Citus distributes, on servers of the tester: `REC_CITUS` is the address of a coordinator with workers.
///
/// The database has the extensions `citus` and `vector`, and so have the workers.
@Suite("A table distributed by Citus", .serialized, .enabled(if: address != nil)) struct CitusTests {
    private static let count = Atomic<Int>(0)

    private static func pool() throws -> PostgresPool {
        try PostgresPool(PostgresAddress(#require(address)))
    }

    private static func index(
        _ catalogue: RandomCatalogue,
        approximate: Bool = false,
        pool: PostgresPool
    ) async throws -> PostgresIndex {
        try await index(catalogue.space, catalogue.products, approximate: approximate, pool: pool)
    }

    /// A distributed index, whose products are added once the table is distributed.
    private static func index(
        _ space: EmbeddingSpace,
        _ products: [EmbeddedProduct],
        approximate: Bool = false,
        pool: PostgresPool
    ) async throws -> PostgresIndex {
        let table = "distributed \(count.add(1, ordering: .relaxed).newValue)"
        let index = try await PostgresIndex.create(
            table: table,
            space: space,
            in: pool,
            approximate: approximate,
            replacing: true
        )
        _ = try await pool.rows("select create_distributed_table('\"\(table)\"', 'id', shard_count => 6)::text")
        _ = try await pool.rows("select create_reference_table('\"\(table)_space\"')::text")
        try await index.upsert(products)
        return index
    }

    @Test func `has its products on more than one worker`() async throws {
        let pool = try Self.pool()
        _ = try await Self.index(RandomCatalogue(count: 100, seed: 80), pool: pool)
        let workers = try await pool.rows(
            "select count(distinct nodeport)::int8 from citus_shards where citus_table_type = 'distributed'"
        )
        #expect(try workers[0].integer(0) ?? 0 > 1)
    }

    @Test func `keeps the promises of an index`() async throws {
        let pool = try Self.pool()
        try await SimilarityIndexConformance(refusesFusions: true) { space, products in
            try await Self.index(space, products, pool: pool)
        }.check(seed: 81, count: 150)
    }

    @Test func `gives the answers of an index in this process, also after changes`() async throws {
        let script = ScriptedChanges(count: 200, seed: 82)
        let index = try await Self.index(script.catalogue, pool: Self.pool())
        var state = Dictionary(uniqueKeysWithValues: script.catalogue.products.map { ($0.product.id, $0) })
        for number in 1...4 as ClosedRange<UInt64> {
            let (upserts, removals) = script.batch(number)
            try await index.change(upserting: upserts, removing: removals)
            script.advance(&state, by: number)
            let local = try await localIndex(script.catalogue.space, Array(state.values))
            for embedding in script.catalogue.queries {
                let query = SearchQuery(embedding, count: 20, filter: .number("price", in: ...15), contents: .all)
                #expect(try await index.search([query])[0] == local.neighbors(query))
            }
            #expect(try await index.productCount() == state.count)
        }
    }

    @Test(arguments: [.exact, .approximate(candidates: 200)] as [PostgresIndex.Effort])
    func `recommends as an index in this process does, with groups and reasons`(effort: PostgresIndex.Effort)
        async throws
    {
        let catalogue = RandomCatalogue(count: 300, clusters: 6, seed: 83)
        var index = try await Self.index(catalogue, approximate: true, pool: Self.pool())
        try await index.buildGraph()
        index.effort = effort
        let local = Recommender(index: try await localIndex(catalogue.space, catalogue.products))
        for (number, item) in catalogue.products.prefix(30).enumerated() {
            var query = RecommendationQuery(likes: [Example.product(item.product.id)])
            query.explains = true
            query.count = 5 + number % 3 * 10
            if number % 3 == 0 { query.groupLimits = [GroupLimit(attribute: "colour", count: 2)] }
            if number % 2 == 0 { query.filter = .number("price", in: ...15) }
            let answer = try await Recommender(index: index).recommend(query)
            let expected = try await local.recommend(query)
            if effort == .exact { #expect(answer == expected, "\(query)") }
            #expect(answer.count == expected.count, "\(query)")
        }
    }

    @Test func `publishes, also what has changed`() async throws {
        let catalogue = RandomCatalogue(count: 300, seed: 85)
        let source = try await localIndex(catalogue.space, catalogue.products)
        let target = try await Self.index(catalogue.space, Array(catalogue.products.prefix(7)), pool: Self.pool())
        let publisher = IndexPublisher(pageSize: 64)
        let first = try await publisher.publish(source, to: target)
        #expect((first.written, first.unchanged) == (293, 7))
        let second = try await publisher.publish(source, to: target)
        #expect((second.written, second.unchanged) == (0, 300))
        #expect(second.compared > 0)
    }

    @Test func `finds nearly all of an exact answer by the graphs of its shards`() async throws {
        let settings = [
            "enable_seqscan = off", "jit = off", "hnsw.ef_search = 100", "hnsw.iterative_scan = relaxed_order",
        ]
        try await Self.set(settings.map { "set \($0)" })
        let pool = try Self.pool()
        let catalogue = RandomCatalogue(count: 1500, clusters: 20, seed: 84)
        var index = try await Self.index(catalogue.space, catalogue.products, approximate: true, pool: pool)
        try await index.buildGraph()
        index.effort = .approximate(candidates: 100)
        let local = try await localIndex(catalogue.space, catalogue.products)
        var (found, wanted) = (0, 0)
        for filter in [nil, AttributeFilter.number("price", in: ...15)] {
            for item in catalogue.products.prefix(40) {
                let query = SearchQuery(item.embedding, count: 10, filter: filter)
                let exact = try local.neighbors(query)
                let answer = try await index.search([query])[0]
                #expect(answer.count == exact.count)
                wanted += exact.count
                found += Set(answer).intersection(exact).count
            }
        }
        #expect(Double(found) >= 0.98 * Double(wanted), "\(found) of \(wanted)")
        // A server counts the uses of an index when a statement comes a second after those that it has counted.
        try await Task.sleep(for: .milliseconds(1200))
        _ = try await index.search([SearchQuery(catalogue.products[0].embedding)])
        let uses = try await pool.rows(
            "select result::int8 from run_command_on_workers($$ select coalesce(sum(idx_scan), 0) "
                + "from pg_stat_user_indexes where indexrelname like '%navigation%' $$)"
        )
        #expect(uses.count > 1)
        for worker in uses { #expect(try worker.integer(0) ?? 0 > 80) }
        try await Self.set(settings.map { "reset \($0.prefix { $0 != " " })" })
    }

    /// Changes settings of the database for the sessions that begin from now on; Citus does it on all workers.
    private static func set(_ settings: [String]) async throws {
        let pool = try pool()
        let name = try #require(try await pool.rows("select format('%I', current_database())")[0].text(0))
        for setting in settings { _ = try await pool.rows("alter database \(name) \(setting)") }
    }
}
#endif

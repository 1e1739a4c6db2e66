#if Postgres
import Foundation
import RecCompute
import RecCore
import RecEngines
import RecIndex
import RecPostgres
import RecTesting
import Testing

private let address = ProcessInfo.processInfo.environment["REC_CITUS"]

/// A table that Citus distributes, on servers of the tester: `REC_CITUS` is the address of a coordinator with workers.
///
/// The database has the extensions `citus` and `vector`, and so have the workers.
@Suite("A table distributed by Citus", .serialized, .enabled(if: address != nil)) struct CitusTests {
    private let pool: PostgresPool

    init() throws {
        pool = try PostgresPool(PostgresAddress(#require(address)))
    }

    /// Makes a distributed index, adds products, and removes it after the body.
    private func with(
        _ space: EmbeddingSpace,
        _ products: [EmbeddedProduct],
        approximate: Bool = false,
        _ body: (_ index: PostgresIndex, _ table: String) async throws -> Void
    ) async throws {
        let table = Self.name()
        let index = try await distributed(table, space, products, approximate: approximate)
        do {
            try await body(index, table)
        } catch {
            try? await PostgresIndex.drop(table: table, in: pool)
            throw error
        }
        try await PostgresIndex.drop(table: table, in: pool)
    }

    private func distributed(
        _ table: String,
        _ space: EmbeddingSpace,
        _ products: [EmbeddedProduct],
        approximate: Bool = false
    ) async throws -> PostgresIndex {
        let index = try await PostgresIndex.create(table: table, space: space, in: pool, approximate: approximate)
        _ = try await pool.rows("select create_distributed_table('\(table)', 'id', shard_count => 6)::text")
        _ = try await pool.rows("select create_reference_table('\(table)_space')::text")
        try await index.upsert(products)
        return index
    }

    private static func name() -> String { "distributed_\(UInt32.random(in: 0...UInt32.max))" }

    @Test func `has its products on more than one worker`() async throws {
        let catalogue = RandomCatalogue(count: 100, seed: 80)
        try await with(catalogue.space, catalogue.products) { _, table in
            let workers = try await pool.rows(
                "select count(distinct (nodename, nodeport))::int8 from citus_shards "
                    + "where table_name = '\(table)'::regclass"
            )
            #expect(try workers[0].integer(0) ?? 0 > 1)
        }
    }

    @Test func `keeps the promises of an index`() async throws {
        let tables = LockedValue<[String]>([])
        try await SimilarityIndexConformance(refusesFusions: true) { space, products in
            let table = Self.name()
            tables.withLock { $0.append(table) }
            return try await distributed(table, space, products)
        }.check(seed: 81, count: 150)
        for table in tables.withLock({ $0 }) { try await PostgresIndex.drop(table: table, in: pool) }
    }

    @Test func `gives the answers of an index in this process, also after changes`() async throws {
        let script = ScriptedChanges(count: 200, seed: 82)
        try await with(script.catalogue.space, script.catalogue.products) { index, _ in
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
    }

    @Test(arguments: [.exact, .approximate(candidates: 200)] as [PostgresIndex.Effort])
    func `recommends as an index in this process does, with groups and reasons`(effort: PostgresIndex.Effort)
        async throws
    {
        let catalogue = RandomCatalogue(count: 300, clusters: 6, seed: 83)
        let local = Recommender(index: try await localIndex(catalogue.space, catalogue.products))
        try await with(catalogue.space, catalogue.products, approximate: true) { index, _ in
            try await index.buildGraph()
            var index = index
            index.effort = effort
            for (number, item) in catalogue.products.prefix(30).enumerated() {
                var query = RecommendationQuery(likes: [Example.product(item.product.id)])
                query.explains = true
                query.count = 5 + number % 3 * 10
                if number % 3 == 0 { query.groupLimits = [GroupLimit(attribute: "colour", count: 2)] }
                if number % 2 == 0 { query.filter = .number("price", in: ...15) }
                // Each shard has fewer products than there are candidates.
                #expect(try await Recommender(index: index).recommend(query) == local.recommend(query), "\(query)")
            }
        }
    }

    @Test func `publishes, also what has changed`() async throws {
        let catalogue = RandomCatalogue(count: 300, seed: 85)
        let source = try await localIndex(catalogue.space, catalogue.products)
        try await with(catalogue.space, Array(catalogue.products.prefix(7))) { target, _ in
            let publisher = IndexPublisher(pageSize: 64)
            let first = try await publisher.publish(source, to: target)
            #expect((first.written, first.unchanged) == (293, 7))
            let second = try await publisher.publish(source, to: target)
            #expect((second.written, second.unchanged) == (0, 300))
            #expect(second.compared > 0)
        }
    }

    @Test func `finds nearly all of an exact answer by the graphs of its shards`() async throws {
        let catalogue = RandomCatalogue(count: 1500, clusters: 20, seed: 84)
        let local = try await localIndex(catalogue.space, catalogue.products)
        let settings = [
            "enable_seqscan = off", "jit = off", "hnsw.ef_search = 100", "hnsw.iterative_scan = relaxed_order",
        ]
        try await with(settings: settings) {
            try await with(catalogue.space, catalogue.products, approximate: true) { index, table in
                try await index.buildGraph()
                var index = index
                index.effort = .approximate(candidates: 100)
                #expect(try await graphRecall(of: index, beside: local, catalogue) >= 0.98)
                #expect(try await leastGraphUses(table) > 40)
            }
        }
    }

    /// How often the graph of a shard was walked, for the shard where that was least often.
    private func leastGraphUses(_ table: String) async throws -> Int64 {
        // A server counts the uses of an index when a statement comes a second after those that it has counted.
        try await Task.sleep(for: .milliseconds(1200))
        _ = try await PostgresIndex.open(table: table, in: pool).productCount()
        let uses = try await pool.rows(
            "select min(result::int8) from run_command_on_shards('\(table)', $$ select coalesce(sum(idx_scan), 0) "
                + "from pg_stat_user_indexes where relid = '%s'::regclass "
                + "and indexrelname like '%%navigation_idx%%' $$)"
        )
        return try uses[0].integer(0) ?? 0
    }

    /// Changes settings of the database, which Citus passes on to all workers, until the body has ended.
    private func with(settings: [String], _ body: () async throws -> Void) async throws {
        try await set(settings.map { "set \($0)" })
        let resets = settings.map { "reset \($0.prefix { $0 != " " })" }
        do {
            try await body()
        } catch {
            try? await set(resets)
            throw error
        }
        try await set(resets)
    }

    private func set(_ settings: [String]) async throws {
        let other = try PostgresPool(PostgresAddress(#require(address)))
        let name = try #require(try await other.rows("select format('%I', current_database())")[0].text(0))
        for setting in settings { _ = try await other.rows("alter database \(name) \(setting)") }
    }
}
#endif

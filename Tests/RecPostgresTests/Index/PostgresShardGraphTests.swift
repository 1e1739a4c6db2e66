#if Postgres
import Foundation
import RecCore
import RecIndex
import RecPostgres
import RecTesting
import Testing

@Suite("The graphs of three shards") struct PostgresShardGraphTests {
    @Test func `find products for the coordinator, which has no graph`() async throws {
        let cluster = try PostgresServer.startCluster()
        let port = try #require(cluster.address.description.firstMatch(of: /:(\d+)\//).flatMap { Int($0.1) })
        let pools = try (0...3).map { offset in
            try PostgresPool(PostgresAddress("postgresql://postgres@127.0.0.1:\(port + offset)/postgres"))
        }
        let servers = ["shard1", "shard2", "shard3"]
        let options = "-c enable_seqscan=off -c hnsw.ef_search=100 -c hnsw.iterative_scan=relaxed_order"
        for server in servers {
            _ = try await pools[0].rows("alter server \(server) options (add options '\(options)')")
        }
        let catalogue = RandomCatalogue(count: 1500, dimension: 24, clusters: 20, seed: 64)
        let space = catalogue.space
        for shard in pools.dropFirst() {
            _ = try await PostgresIndex.create(table: "shared", space: space, in: shard, approximate: true)
        }
        var index = try await PostgresIndex.create(
            table: "shared",
            space: space,
            in: pools[0],
            approximate: true,
            shards: servers
        )
        try await index.upsert(catalogue.products)
        let whole = index
        let error = await #expect(throws: RecError.self) { try await whole.buildGraph() }
        #expect(error?.code == .invalidSetting)
        for shard in pools.dropFirst() { try await PostgresIndex.open(table: "shared", in: shard).buildGraph() }
        index.effort = .approximate(candidates: 100)
        let local = try await localIndex(space, catalogue.products)
        #expect(try await graphRecall(of: index, beside: local, catalogue) >= 0.98)
        // A server counts the uses of an index when a statement comes a second after those that it has counted.
        try await Task.sleep(for: .milliseconds(1200))
        _ = try await index.search([SearchQuery(catalogue.products[0].embedding)])
        for shard in pools.dropFirst() {
            let uses = try await shard.rows(
                "select sum(idx_scan)::int8 from pg_stat_user_indexes where indexrelname like '%navigation%'"
            )
            #expect(try uses[0].integer(0) ?? 0 > 40)
        }
    }
}
#endif

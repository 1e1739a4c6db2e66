#if Postgres
import RecCore
import RecIndex
import RecPostgres
import RecTesting
import Testing

@Suite("Approximate search in a table") struct PostgresGraphTests {
    private static let tables = TestTables()

    @Test func `gives exact scores, full answers, and the recall that is measured`() async throws {
        let catalogue = RandomCatalogue(count: 1500, dimension: 32, clusters: 30, seed: 41)
        let pool = try await Self.tables.database.pool()
        var index = try await Self.tables.index(catalogue.space, catalogue.products, approximate: true, pool: pool)
        try await index.buildGraph()
        try await index.buildGraph()
        let local = try await localIndex(catalogue.space, catalogue.products)
        let least = try await index.leastEffort(forRecall: 0.95, sample: 60)
        #expect(least.recall >= 0.95)
        index.effort = .approximate(candidates: 100)
        var found = 0
        var total = 0
        for embedding in catalogue.queries {
            for filter: AttributeFilter? in [
                nil, .has("share", "10%"), .has("share", "1%"), .not(.has("share", "50%")),
            ] {
                let query = SearchQuery(embedding, count: 10, filter: filter, contents: .all)
                let answer = try await index.search([query])[0]
                let expected = try local.neighbors(query)
                #expect(answer.count == expected.count, "an answer is never short")
                var every = query
                every.count = 2000
                let all = Dictionary(uniqueKeysWithValues: try local.neighbors(every).map { ($0.id, $0) })
                #expect(answer.allSatisfy { all[$0.id] == $0 }, "each product with the bits of an exact search")
                #expect(zip(answer, answer.dropFirst()).allSatisfy { $0.precedes($1) })
                total += expected.count
                found += answer.count { neighbor in neighbor.score >= (expected.last?.score ?? 0) }
            }
        }
        #expect(Double(found) >= 0.9 * Double(total), "\(found) of \(total)")
    }

    @Test func `uses the graph`() async throws {
        let catalogue = RandomCatalogue(count: 1500, dimension: 32, clusters: 30, seed: 42)
        let pool = try await Self.tables.database.pool()
        var index = try await Self.tables.index(catalogue.space, catalogue.products, approximate: true, pool: pool)
        try await index.buildGraph()
        index.effort = .approximate(candidates: 40)
        _ = try await index.search([SearchQuery(catalogue.queries[0])])
        // Statistics of a backend appear when its transaction ended, after a while.
        var scans: Int64 = 0
        for _ in 0..<40 where scans == 0 {
            try await Task.sleep(for: .milliseconds(100))
            let rows = try await pool.rows(
                "select coalesce(sum(idx_scan), 0)::int8 from pg_stat_user_indexes i join pg_class c on c.oid = i.indexrelid "
                    + "join pg_am a on a.oid = c.relam where a.amname = 'hnsw'"
            )
            scans = try rows[0].integer(0) ?? 0
        }
        #expect(scans > 0)
    }

    @Test func `folds long vectors, and finds the same`() async throws {
        let catalogue = RandomCatalogue(count: 300, dimension: 4200, clusters: 20, seed: 43)
        var index = try await Self.tables.index(catalogue.space, catalogue.products, approximate: true)
        try await index.buildGraph()
        let local = try await localIndex(catalogue.space, catalogue.products)
        index.effort = .approximate(candidates: 60)
        var found = 0
        for item in catalogue.products.prefix(30) {
            let query = SearchQuery(item.embedding, count: 5)
            let expected = try local.neighbors(query)
            let answer = try await index.search([query])[0]
            found += answer.count { $0.score >= (expected.last?.score ?? 0) }
        }
        #expect(found >= 135, "\(found) of 150")
    }

    @Test func `needs a table with a graph, and settings in range`() async throws {
        let catalogue = RandomCatalogue(count: 10, seed: 44)
        var index = try await Self.tables.index(catalogue.space, catalogue.products)
        for effort in [.approximate(candidates: 10), .approximate(candidates: 0), .approximate(candidates: 1001)]
            as [PostgresIndex.Effort]
        {
            index.effort = effort
            let error = await #expect(throws: RecError.self) {
                try await index.search([SearchQuery(catalogue.queries[0])])
            }
            #expect(error?.code == .invalidSetting)
        }
        let error = await #expect(throws: RecError.self) { try await index.buildGraph() }
        #expect(error?.code == .invalidSetting)
    }
}
#endif

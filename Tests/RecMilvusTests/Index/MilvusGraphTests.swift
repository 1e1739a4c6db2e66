#if Milvus
import RecCore
import RecIndex
import RecMilvus
import RecTesting
import Testing

@Suite("Approximate search in a collection") struct MilvusGraphTests {
    @Test(arguments: MilvusServer.Kind.allCases)
    func `gives exact scores, full answers, and the recall that is measured`(kind: MilvusServer.Kind) async throws {
        let catalogue = RandomCatalogue(count: 1500, dimension: 32, clusters: 30, seed: 41)
        let server = try await MilvusServer.shared(kind)
        var index = try await server.index(catalogue.space, catalogue.products, .graph())
        try await index.prepareSearches(progress: nil)
        let local = try await localIndex(catalogue.space, catalogue.products)
        let least = try await index.leastEffort(forRecall: 0.95, sample: 20)
        #expect(least.recall >= 0.95)
        index.effort = .approximate(candidates: 100)
        var found = 0
        var total = 0
        for filter: AttributeFilter? in [nil, .has("share", "10%"), .has("share", "1%"), .not(.has("share", "50%"))] {
            let queries = catalogue.queries.map { SearchQuery($0, count: 10, filter: filter, contents: .all) }
            for (query, answer) in zip(queries, try await index.search(queries)) {
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

    @Test(arguments: MilvusServer.Kind.allCases)
    func `an exact search reads all products, once for all queries`(kind: MilvusServer.Kind) async throws {
        let catalogue = RandomCatalogue(count: 300, seed: 42)
        let server = try await MilvusServer.shared(kind)
        let (client, trips) = try server.countedClient()
        var index = try await server.index(catalogue.space, catalogue.products, .graph(), client: client)
        index.effort = .exact
        let local = try await localIndex(catalogue.space, catalogue.products)
        let queries = catalogue.queries.map { SearchQuery($0, count: 20, contents: .all) }
        let before = trips.waves
        let answers = try await index.search(queries)
        #expect(trips.waves <= before + 2)
        for (query, answer) in zip(queries, answers) { #expect(try answer == local.neighbors(query)) }
    }

    @Test func `needs a collection with a graph, and settings in range`() async throws {
        let server = try await MilvusServer.shared(.lite)
        let catalogue = RandomCatalogue(count: 10, seed: 44)
        var index = try await server.index(catalogue.space, catalogue.products)
        for effort in [.approximate(candidates: 10), .approximate(candidates: 0), .approximate(candidates: 20_000)]
            as [MilvusIndex.Effort]
        {
            index.effort = effort
            let error = await #expect(throws: RecError.self) {
                try await index.search([SearchQuery(catalogue.queries[0])])
            }
            #expect(error?.code == .invalidSetting)
        }
        for kind in [.graph(links: 1), .graph(candidates: 0)] as [MilvusIndexKind] {
            let error = await #expect(throws: RecError.self) { try await server.index(catalogue.space, [], kind) }
            #expect(error?.code == .invalidSetting)
        }
    }
}
#endif

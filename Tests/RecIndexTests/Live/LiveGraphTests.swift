import RecCore
import RecIndex
import RecTesting
import Testing

@Suite struct `Live index with a graph` {
    let catalogue = RandomCatalogue(count: 2100, dimension: 64, clusters: 30, seed: 31)

    @Test func `parts on the disk have graphs, changes and removals count, and compaction makes one graph`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let first = Array(catalogue.products.prefix(1500))
            let path = folder + "/live"
            let live = try LiveIndex(path: path, space: catalogue.space, options: .init(graph: true))
            try await live.change(upserting: first, removing: [])
            try await live.compact()
            var index = live.snapshot
            #expect(index.hasGraph)
            try await live.change(
                upserting: Array(catalogue.products[1500...]),
                removing: first.prefix(400).map(\.product.id)
            )
            let expected = Array(catalogue.products[400...])
            let exact = try makeIndex(catalogue.space, expected)
            for isCompacted in [false, true] {
                if isCompacted { try await live.compact() }
                index = live.snapshot
                #expect(index.hasGraph)
                index.effort = .navigating(candidates: 40)
                var (found, all) = (0, 0)
                for item in expected.prefix(100) {
                    let query = SearchQuery(
                        item.embedding,
                        count: 10,
                        weighting: Weighting(try BlockWeights(image: 1)),
                        excluded: [item.product.id]
                    )
                    let right = try exact.neighbors(query)
                    let answer = try index.neighbors(query)
                    #expect(answer.count == right.count)
                    #expect(answer.allSatisfy { exact.product($0.id) != nil })
                    found += answer.count { $0.score >= right.last?.score ?? 2 }
                    all += right.count
                }
                #expect(Double(found) >= 0.97 * Double(all))
            }
            try await live.close()
            let opened = try LiveIndex(path: path)
            #expect(opened.snapshot.hasGraph)
            try await opened.close()
        }
    }
}

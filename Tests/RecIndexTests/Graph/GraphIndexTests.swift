import RecCore
import RecIndex
import RecTesting
import Testing

@Suite struct `Index with a graph` {
    /// An index of rows, in order, and a query for one of them.
    private func index(_ rows: [[Float]], codes: Index.Codes = .never) throws -> (
        index: Index, query: (Int) throws -> SearchQuery
    ) {
        let recipe: Recipe = ["vectors": "a test"]
        let space = EmbeddingSpace(blocks: [.init(name: .image, kind: .dense(dimension: rows[0].count, recipe: recipe))]
        )
        var builder = IndexBuilder(space: space, capacity: rows.count)
        func embedding(_ row: Int) throws -> Embedding {
            Embedding([.image: .dense(try DenseVector(normalizing: rows[row], recipe: recipe))])
        }
        for row in rows.indices {
            let id = ProductID(String(100_000 + row))
            try builder.add(Product(id: id, attributes: ["third": [row % 3 == 0 ? "yes" : "no"]]), embedding(row))
        }
        return (
            try builder.build(codes: codes, graph: true, threads: 2),
            { SearchQuery(try embedding($0), count: 10, excluded: [ProductID(String(100_000 + $0))]) }
        )
    }

    /// The share of the exact answers that is found; scores have to be exact.
    private func recall(_ index: Index, _ queries: [SearchQuery]) throws -> Double {
        var exact = index
        exact.effort = .exact
        var (found, all) = (0, 0)
        for query in queries {
            let expected = try exact.neighbors(query)
            let answer = try index.neighbors(query)
            #expect(answer.count == expected.count)
            for (one, other) in zip(answer, answer.dropFirst()) {
                #expect(one.score > other.score || one.score == other.score && one.id < other.id)
            }
            let scores = Dictionary(expected.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            for neighbor in answer { if let known = scores[neighbor.id] { #expect(neighbor == known) } }
            guard let least = expected.last?.score else { continue }
            found += answer.count { $0.score >= least }
            all += expected.count
        }
        return Double(found) / Double(max(all, 1))
    }

    @Test(arguments: `Product graph`.catalogues.filter { $0.rows.count > 500 })
    func `it finds what a comparison with all products finds`(name: String, rows: [[Float]]) throws {
        var (index, query) = try index(rows)
        let queries = try stride(from: 0, to: rows.count, by: rows.count / 40).map { try query($0) }
        // What lies in hundreds of clusters without an order among them takes more, and so do vectors of which the
        // directions leave much.
        index.effort = .navigating(candidates: ["tight clusters": 150, "far apart": 60][name] ?? 40)
        let found = try recall(index, queries)
        #expect(found >= 0.98)
    }

    @Test func `it always finds as many as match, whatever else is asked`() throws {
        let catalogue = RandomCatalogue(count: 1500, dimension: 96, clusters: 40, seed: 3)
        for codes in [Index.Codes.never, .always] {
            var index = try makeIndex(catalogue.space, catalogue.products)
                .with(codes: codes, graph: true, threads: 2)
            index.effort = .navigating(candidates: 30)
            #expect(index.hasGraph)
            #expect(index.hasCodes == (codes == .always))
            var random = SeededGenerator(seed: 4)
            var queries: [SearchQuery] = []
            for round in 0..<80 {
                let item = try #require(catalogue.products.randomElement(using: &random))
                var query = SearchQuery(
                    round % 3 == 0 ? catalogue.queries[round % catalogue.queries.count] : item.embedding,
                    count: [1, 10, 40, 1000][round % 4],
                    weighting: Weighting(try BlockWeights(image: [1, 0.8, 0.3][round % 3])),
                    excluded: round % 2 == 0 ? [item.product.id] : []
                )
                if round % 5 == 1 {
                    query.filter = .has("share", ["0.1%", "1%", "10%", "50%", "100%"][round / 5 % 5])
                }
                if round % 7 == 3 { query.minimumScore = Double.random(in: 0..<1, using: &random) }
                if round % 11 == 4 { query.excluded = Set(index.ids.prefix(index.count / 2)) }
                queries.append(query)
            }
            // A least score leaves it open how many there are.
            #expect(try recall(index, queries.filter { $0.minimumScore == nil }) >= 0.95)
            var exact = index
            exact.effort = .exact
            for query in queries where query.minimumScore != nil {
                let expected = Set(try exact.neighbors(query).map(\.id))
                let answer = try index.neighbors(query)
                #expect(answer.allSatisfy { $0.score >= query.minimumScore ?? 0 })
                #expect(Set(answer.map(\.id)).isSubset(of: expected) || answer.count == query.count)
            }
        }
    }

    @Test func `the least effort for a recall is one of navigating`() async throws {
        let (index, _) = try index(`Product graph`.catalogues[0].rows)
        let (effort, recall) = try await index.leastEffort(forRecall: 0.99, sample: 50)
        #expect(recall >= 0.99)
        guard case .navigating = effort else {
            Issue.record("the effort is \(effort)")
            return
        }
        #expect(try await index.recall(of: effort, sample: 50) == recall)
        var wrong = index
        wrong.effort = .navigating(candidates: 0)
        let query = SearchQuery(try #require(try index.embedding(of: "100000")))
        #expect(throws: RecError.self) { try wrong.neighbors(query) }
        var all = index
        all.effort = .navigating(candidates: .max)
        let found = try all.neighbors(query)
        all.effort = .exact
        #expect(try all.neighbors(query) == found)
    }

    @Test func `a graph comes and goes with the index that is asked for`() throws {
        let catalogue = RandomCatalogue(count: 400, dimension: 30, clusters: 5, seed: 12)
        let bare = try makeIndex(catalogue.space, catalogue.products)
        #expect(!bare.hasGraph)
        let graph = try bare.with(codes: .never, graph: true)
        #expect(graph.hasGraph && !graph.hasCodes)
        #expect(try !graph.with(codes: .always).hasGraph)
        let empty = try makeIndex(catalogue.space, []).with(codes: .always, graph: true)
        #expect(!empty.hasGraph)
        // Only attributes, so there is nothing to make a graph of.
        let lone = EmbeddingSpace(blocks: [catalogue.space.blocks[1]])
        #expect(try !makeIndex(lone, []).with(codes: .never, graph: true).hasGraph)
    }
}

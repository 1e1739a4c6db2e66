import RecCore
import RecIndex
import RecTesting
import Testing

@Suite struct `Quantized index` {
    @Test(arguments: [1, 2])
    func `it keeps the promises of an index`(seed: UInt64) async throws {
        try await SimilarityIndexConformance { space, products in
            try makeIndex(space, products).with(codes: .always, threads: 2)
        }.check(seed: seed)
    }

    /// A catalogue by its number of products, dimension of the images and clusters of them.
    static let catalogues: [(count: Int, dimension: Int, clusters: Int)] = [
        (2500, 96, 40), (1500, 200, 150), (1200, 24, 0), (1000, 130, 1), (400, 3, 5), (120, 64, 3),
    ]

    @Test(arguments: catalogues)
    func `its answers are those of an exact index, bit for bit`(
        count: Int,
        dimension: Int,
        clusters: Int
    ) throws {
        let catalogue = RandomCatalogue(count: count, dimension: dimension, clusters: clusters, seed: 3)
        let exact = try makeIndex(catalogue.space, catalogue.products)
        let index = try exact.with(codes: .always, threads: 2)
        let queries = try randomQueries(catalogue, exact, count: 150)
        let expected = try queries.map { try exact.neighbors($0) }
        for (number, query) in queries.enumerated() {
            #expect(try index.neighbors(query) == expected[number], "query \(number)")
        }
        // Together, whether they are many or few.
        #expect(try index.neighbors(forAll: queries) == expected)
        #expect(try index.neighbors(forAll: Array(queries.prefix(9))) == Array(expected.prefix(9)))
    }

    /// Queries of all kinds.
    private func randomQueries(_ catalogue: RandomCatalogue, _ exact: Index, count: Int) throws -> [SearchQuery] {
        var random = SeededGenerator(seed: 4)
        // Products without a picture share attributes alone, which makes many of them come first; half of the queries
        // leave them out by weight.
        let shares = ["0.1%", "1%", "10%", "50%", "100%"].filter { share in
            catalogue.products.contains { $0.product["share"].values.contains(share) }
        }
        return try (0..<count).map { round in
            let item = try #require(catalogue.products.randomElement(using: &random))
            let image = Double.random(in: 0...1, using: &random)
            var query = SearchQuery(
                round % 3 == 0 ? catalogue.queries[round % catalogue.queries.count] : item.embedding,
                count: [1, 3, 10, 40].randomElement(using: &random) ?? 1,
                weighting: Weighting(try BlockWeights(image: round % 2 == 0 ? 1 : image)),
                excluded: round % 2 == 0 ? [item.product.id] : []
            )
            if round % 4 == 1 { query.filter = shares.randomElement(using: &random).map { .has("share", $0) } }
            if round % 4 == 2 { query.filter = .not(.has("colour", "Red")) }
            if round % 7 == 3 { query.minimumScore = Double.random(in: 0..<1, using: &random) }
            if round % 9 == 4 { query.excluded = Set(exact.ids.prefix(exact.count / 2)) }
            if round % 31 == 5 { query.count = 0 }
            return query
        }
    }

    @Test func `products that all look alike are told apart by their identifiers`() throws {
        let space = RandomCatalogue(count: 0, dimension: 8, seed: 5).space
        let catalogue = RandomCatalogue(count: 1, dimension: 8, seed: 5)
        let products = (0..<500).map { number in
            EmbeddedProduct(product: Product(id: ProductID("p\(number)")), embedding: catalogue.products[0].embedding)
        }
        let exact = try makeIndex(space, products)
        let query = SearchQuery(catalogue.products[0].embedding, count: 7)
        #expect(try exact.with(codes: .always).neighbors(query) == exact.neighbors(query))
    }

    @Test func `its neighbours of several products are those of one query for each`() throws {
        let catalogue = RandomCatalogue(count: 1000, dimension: 80, clusters: 30, seed: 6)
        let exact = try makeIndex(catalogue.space, catalogue.products)
        let index = try exact.with(codes: .always)
        let ids = catalogue.products.prefix(80).map(\.product.id)
        let rows = try index.neighbors(of: ids, count: 5, weighting: Weighting())
        #expect(rows.count == ids.count)
        for (id, row) in zip(ids, rows) {
            let embedding = try #require(try exact.embedding(of: id))
            let expected = try exact.neighbors(SearchQuery(embedding, count: 5, excluded: [id]))
            #expect(row == expected)
        }
        #expect(throws: RecError.self) { try index.neighbors(of: ["nobody"], count: 5, weighting: Weighting()) }
    }

    @Test func `thousands of queries at once are answered as one after another`() throws {
        let catalogue = RandomCatalogue(count: 700, dimension: 40, clusters: 20, seed: 8)
        let index = try makeIndex(catalogue.space, catalogue.products).with(codes: .always)
        let queries = (0..<2100).map { number in
            SearchQuery(catalogue.products[number % 700].embedding, count: 1 + number / 700)
        }
        let answers = try index.neighbors(forAll: queries)
        #expect(answers.count == queries.count)
        for number in [0, 127, 128, 700, 1999, 2047, 2048, 2099] {
            #expect(try answers[number] == index.neighbors(queries[number]), "query \(number)")
        }
    }

    @Test func `less effort finds less, and says how much`() async throws {
        let catalogue = RandomCatalogue(count: 1000, dimension: 100, seed: 7)
        let exact = try makeIndex(catalogue.space, catalogue.products)
        var index = try await exact.with(codes: .always)
        let weighting = Weighting(try BlockWeights(image: 1))
        #expect(try await index.recall(of: .exact, sample: 30, weighting: weighting) == 1)
        #expect(try await index.recall(of: .bounded(share: 1), sample: 30, weighting: weighting) == 1)
        let some = SearchEffort.probing(products: 100, candidates: 30)
        let measured = try await index.recall(of: some, count: 10, sample: 30, weighting: weighting)
        #expect(measured < 1)
        // The same by hand.
        index.effort = some
        var sum = 0.0
        var queries = 0
        for number in 0..<30 {
            let id = exact.ids[number * exact.count / 30]
            let embedding = try #require(try exact.embedding(of: id))
            guard embedding[.image] != nil else { continue }
            let query = SearchQuery(embedding, count: 10, weighting: weighting, excluded: [id])
            let expected = try exact.neighbors(query)
            let least = try #require(expected.last).score
            sum += Double(try index.neighbors(query).count { $0.score >= least }) / Double(expected.count)
            queries += 1
        }
        #expect(abs(measured - sum / Double(queries)) < 1e-12)
        let wanted = try await index.leastEffort(forRecall: 0.95, sample: 30, weighting: weighting)
        #expect(wanted.recall >= 0.95)
        #expect(try await index.recall(of: wanted.effort, sample: 30, weighting: weighting) == wanted.recall)
    }
}

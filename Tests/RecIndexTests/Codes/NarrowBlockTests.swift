import RecCore
import RecIndex
import Testing

/// Codes of pictures beside numbers: all that decides an answer is bounded, whatever counts how much.
@Suite struct `Codes beside narrow blocks` {
    static let catalogues: [(count: Int, dimension: Int, clusters: Int, widths: [Int], values: Int)] = [
        (1500, 96, 40, [2], 1000), (1200, 64, 30, [2, 2], 40), (900, 130, 0, [2, 5], 300), (600, 24, 12, [1, 8, 2], 9),
        (300, 3, 5, [2], 1),
    ]

    @Test(arguments: catalogues)
    func `answers are those of an exact index, bit for bit`(
        count: Int,
        dimension: Int,
        clusters: Int,
        widths: [Int],
        values: Int
    ) throws {
        let catalogue = try CatalogueOfNumbers(
            count: count,
            dimension: dimension,
            clusters: clusters,
            widths: widths,
            values: values,
            seed: 31
        )
        let exact = try makeIndex(catalogue.space, catalogue.products)
        let index = try exact.with(codes: .always, threads: 2)
        let queries = try catalogue.searches(120, seed: 32)
        let expected = try queries.map { try exact.neighbors($0) }
        for (number, query) in queries.enumerated() {
            #expect(try index.neighbors(query) == expected[number], "query \(number)")
        }
        #expect(try index.neighbors(forAll: queries) == expected)
        #expect(try index.neighbors(forAll: Array(queries.prefix(9))) == Array(expected.prefix(9)))
    }

    @Test func `a file is opened with its codes, and answers the same`() throws {
        let catalogue = try CatalogueOfNumbers(
            count: 700,
            dimension: 48,
            clusters: 20,
            widths: [2],
            values: 300,
            seed: 33
        )
        let exact = try makeIndex(catalogue.space, catalogue.products)
        let index = try exact.with(codes: .always)
        try withTemporaryFolder { folder in
            try index.write(to: folder + "/index")
            let opened = try Index.open(path: folder + "/index")
            #expect(opened.hasCodes)
            for query in try catalogue.searches(40, seed: 34) {
                #expect(try opened.neighbors(query) == exact.neighbors(query))
            }
            try opened.write(to: folder + "/again")
            #expect(try bytes(of: folder + "/again") == bytes(of: folder + "/index"))
        }
    }

    @Test func `a live index that changes answers the same`() throws {
        let catalogue = try CatalogueOfNumbers(
            count: 1900,
            dimension: 48,
            clusters: 20,
            widths: [2, 2],
            values: 200,
            seed: 35
        )
        try withTemporaryFolder { folder in
            let live = try LiveIndex(path: folder + "/live", space: catalogue.space, options: .large)
            try live.upsert(catalogue.products.prefix(1200))
            try live.compact()
            try live.upsert(catalogue.products.dropFirst(1200))
            let gone = Set(catalogue.products.prefix(50).map(\.product.id))
            try live.remove(gone)
            let exact = try makeIndex(
                catalogue.space,
                catalogue.products.filter { !gone.contains($0.product.id) }
            )
            let snapshot = live.snapshot
            let queries = try catalogue.searches(60, seed: 36)
            let expected = try queries.map { try exact.neighbors($0) }
            for (query, answer) in zip(queries, expected) { #expect(try snapshot.neighbors(query) == answer) }
            #expect(try snapshot.neighbors(forAll: queries) == expected)
        }
    }

    @Test func `recommendations by several examples are those of an exact index`() async throws {
        let catalogue = try CatalogueOfNumbers(
            count: 900,
            dimension: 48,
            clusters: 20,
            widths: [2],
            values: 200,
            seed: 37
        )
        let exact = try makeIndex(catalogue.space, catalogue.products)
        let coded = try await exact.with(codes: .always)
        let weights = try BlockWeights([.image: 0.7, .metadata: 0.2, "number0": 0.1])
        let ids = catalogue.products.map(\.product.id)
        for round in 0..<6 {
            var query = RecommendationQuery(
                likes: ids[round * 5..<round * 5 + 3].map { Example(.product($0)) },
                dislikes: [Example(.product(ids[round * 5 + 100]))],
                strategy: round < 3 ? .best : .mean,
                count: 12
            )
            query.weighting = Weighting(weights)
            query.diversity = round % 2 == 0 ? 0.4 : 0
            let expected = try await Recommender(index: exact).recommend(query)
            #expect(try await Recommender(index: coded).recommend(query).map(\.id) == expected.map(\.id))
        }
    }
}

#if Postgres
import RecCore
import RecIndex
import RecPostgres
import RecTesting
import Testing

@Suite("Recommendations from a table") struct PostgresRecommendTests {
    private static let tables = TestTables()

    @Test(arguments: [31, 32] as [UInt64])
    func `are those of an index in this process, in three round trips`(seed: UInt64) async throws {
        let catalogue = RandomCatalogue(count: 400, clusters: 6, seed: seed)
        let pool = try await Self.tables.database.pool()
        let index = try await Self.tables.index(catalogue.space, catalogue.products, pool: pool)
        let local = Recommender(index: try await localIndex(catalogue.space, catalogue.products))
        let remote = Recommender(index: index)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            let query = try query(catalogue, &random)
            let before = pool.roundTrips
            let answer = try await remote.recommend(query)
            let trips = pool.roundTrips - before
            let expected = try await local.recommend(query)
            #expect(trips <= 3, "\(trips) trips: \(query)")
            #expect(answer == expected, "\(query)")
        }
    }

    @Test func `by the graph take three round trips, and are never short`() async throws {
        let catalogue = RandomCatalogue(count: 400, clusters: 6, seed: 34)
        let pool = try await Self.tables.database.pool()
        var index = try await Self.tables.index(catalogue.space, catalogue.products, approximate: true, pool: pool)
        try await index.buildGraph()
        let local = Recommender(index: try await localIndex(catalogue.space, catalogue.products))
        var random = SeededGenerator(seed: 34)
        for candidates in [10, 40, 200] {
            index.effort = .approximate(candidates: candidates)
            for _ in 0..<60 {
                let query = try query(catalogue, &random)
                let before = pool.roundTrips
                let answer = try await Recommender(index: index).recommend(query)
                let trips = pool.roundTrips - before
                #expect(trips <= 3, "\(trips) trips: \(query)")
                #expect(answer.count == (try await local.recommend(query)).count, "\(query)")
            }
        }
    }

    @Test func `by the graph fill groups with products near the query, or as an exact search does`() async throws {
        let catalogue = RandomCatalogue(count: 400, clusters: 6, seed: 36)
        let pool = try await Self.tables.database.pool()
        // The schema before the name keeps the table and the part "near" of the statement apart.
        var index = try await PostgresIndex.create(
            table: "near",
            space: catalogue.space,
            in: pool,
            approximate: true,
            replacing: true
        )
        try await index.upsert(catalogue.products)
        try await index.buildGraph()
        let local = try await localIndex(catalogue.space, catalogue.products)
        let colours = Set(catalogue.products.flatMap { $0.product.values(of: "colour") }).sorted()
        index.effort = .approximate(candidates: 200)
        for (number, item) in catalogue.products.prefix(40).enumerated() {
            var query = SearchQuery(item.embedding, count: 8, contents: ProductContents(product: true))
            let taken = number % 2 == 0 ? [:] : [colours[number % colours.count]: number % 3]
            query.groups = [GroupCap(attribute: "colour", count: 1 + number % 4, taken: taken)]
            if number % 3 == 0 { query.groups.append(GroupCap(attribute: "share", count: 3)) }
            if number % 5 == 0 { query.filter = .number("price", in: ...15) }
            var trips = [pool.roundTrips]
            let answer = try await index.search([query])[0]
            trips.append(pool.roundTrips)
            var exact = index
            exact.effort = .exact
            _ = try await exact.search([query])
            trips.append(pool.roundTrips)
            // Ties may make either search take more.
            #expect(trips[1] - trips[0] == 1 || trips[1] - trips[0] <= trips[2] - trips[1], "\(query)")
            let wanted = try local.neighbors(query)
            #expect(answer.count == wanted.count)
            var caps = query.groups
            for neighbor in answer { #expect(caps.admit(try #require(neighbor.product))) }
            let scores = Dictionary(wanted.map { ($0.id, $0.score) }) { first, _ in first }
            for neighbor in answer where scores[neighbor.id] != nil { #expect(neighbor.score == scores[neighbor.id]) }
            // As good as an exact search, or nearly, product by product.
            #expect(zip(answer, wanted).allSatisfy { $0.score > $1.score - 0.1 })
        }
    }

    private func query(_ catalogue: RandomCatalogue, _ random: inout SeededGenerator) throws -> RecommendationQuery {
        func some(_ count: ClosedRange<Int>) -> [ProductID] {
            catalogue.products.shuffled(using: &random).prefix(Int.random(in: count, using: &random)).map(\.product.id)
        }
        var query = RecommendationQuery(
            likes: some(1...4).map { Example.product($0) },
            dislikes: some(0...2).map { Example.product($0) }
        )
        query.count = [1, 5, 10, 24].randomElement(using: &random) ?? 10
        query.strategy = [.mean, .sum, .best].randomElement(using: &random) ?? .mean
        query.diversity = [0, 0, 0.4].randomElement(using: &random) ?? 0
        query.explains = Bool.random(using: &random)
        query.pinned = Bool.random(using: &random) ? some(1...2) : []
        query.excluded = Set(some(0...3))
        query.filter =
            [nil, nil, .has("share", "50%"), .number("price", in: ...15)].randomElement(using: &random) ?? nil
        query.weighting = Weighting(try BlockWeights(image: [0.3, 0.8, 0].randomElement(using: &random) ?? 0.8))
        if Int.random(in: 0..<3, using: &random) == 0 {
            query.groupLimits = [GroupLimit(attribute: "colour", count: 2)]
        }
        query.contents = [.none, .all].randomElement(using: &random) ?? .none
        return query
    }

    @Test func `a formula of the host's own is refused`() async throws {
        let catalogue = RandomCatalogue(count: 20, seed: 33)
        let index = try await Self.tables.index(catalogue.space, catalogue.products)
        let query = RecommendationQuery(likes: [Example.product(catalogue.products[0].product.id)])
        let recommender = Recommender(index: index, weighting: Weighting(fusion: CosineProduct()))
        let error = await #expect(throws: RecError.self) { try await recommender.recommend(query) }
        #expect(error?.code == .unsupportedFusion)
    }
}

private struct CosineProduct: Fusion {
    func score(_ cosines: BlockCosines, weights: BlockWeights) -> Double? {
        cosines.values.compactMap { $0 }.reduce(1, *)
    }
}
#endif

import RecCore
import RecIndex
import RecTesting
import Testing

@Suite struct `Examples and fusions at the ends of the number range` {
    @Test(arguments: ExampleStrategy.allCases, [1e308, 1e-9, 1e-300, .leastNonzeroMagnitude])
    func `only the ratios of weights matter, however great or small they are`(
        strategy: ExampleStrategy,
        scale: Double
    ) throws {
        let shop = try IndexedCatalogue(seed: 21)
        let ids = shop.index.ids.shuffled(seed: 5)
        for dislikes in [[], [ids[3]]] {
            func answer(_ weight: Double) throws -> [Recommendation] {
                try shop.recommender.recommend(
                    RecommendationQuery(
                        likes: ids[0..<3].map { .product($0, weight: weight) },
                        dislikes: dislikes.map { .product($0, weight: weight) },
                        strategy: strategy,
                        count: 30
                    )
                )
            }
            let plain = try answer(1)
            #expect(plain.count == 30)
            #expect(try answer(scale) == plain)
        }
    }


    @Test(arguments: ExampleStrategy.allCases)
    func `a person who has not been here for years still gets recommendations`(strategy: ExampleStrategy) throws {
        let shop = try IndexedCatalogue(seed: 22)
        let ids = shop.index.ids.shuffled(seed: 6)
        func answer(years: Int64) throws -> [ProductID] {
            var query = RecommendationQuery(strategy: strategy, count: 20)
            query.likes = [
                .product(ids[0], age: .seconds(years * 31_536_000)),
                .product(ids[1], age: .seconds(years * 31_536_000 + 86_400)),
            ]
            query.halfLife = .seconds(86_400)
            return try shop.recommender.recommend(query).map(\.id)
        }
        let now = try answer(years: 0)
        #expect(now.count == 20)
        // Both are as much older, so what one counts beside the other stays as it is.
        #expect(try answer(years: 1) == now)
        #expect(try answer(years: 50) == now)
    }
}

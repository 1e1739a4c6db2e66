import RecCore
import RecTesting
import Testing

@Suite struct `Examples and fusions at the ends of the number range` {
    @Test(arguments: ExampleStrategy.allCases, [1e308, 1e-9, 1e-300, .leastNonzeroMagnitude])
    func `only the ratios of weights matter, however great or small they are`(
        strategy: ExampleStrategy,
        scale: Double
    ) throws {
        let shop = IndexedCatalogue(seed: 21)
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
        let shop = IndexedCatalogue(seed: 22)
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

    @Test func `an example whose score is not a number does not hide the others`() throws {
        let shop = IndexedCatalogue(seed: 23)
        let both = shop.index.ids.filter { id in shop.index.embedding(of: id)?.blocks.count == 2 }
        let bare = shop.index.ids.filter { id in shop.index.embedding(of: id)?[.metadata] == nil }
        let first = try #require(bare.first)
        let liked = try #require(both.first)
        var query = RecommendationQuery(likes: [.product(first), .product(liked)], strategy: .best, count: 1000)
        query.weighting = Weighting(fusion: PictureAndAttributes())
        query.pinned = [first]
        let answer = try shop.recommender.recommend(query)
        #expect(answer.first?.id == first)
        #expect(answer.first?.similarity == nil)
        #expect(answer.count == both.count)  // with the pinned one, and without the liked one
        query.likes = [.product(liked)]
        query.strategy = .mean
        #expect(try shop.recommender.recommend(query).first?.similarity == nil)
    }

    @Test func `parts of pictures with many thousands of numbers add up as well`() throws {
        let dimension = 25_088
        let recipe: Recipe = ["backbone": "long"]
        let space = EmbeddingSpace(blocks: [.init(name: .image, kind: .dense(dimension: dimension, recipe: recipe))])
        let items = try (0..<4).map { number in
            // All alike, so that every sum is rounded in the same direction.
            let values = (0..<dimension).map { $0 % 997 == number ? Float(2) : 1.1 }
            let vector = try DenseVector(normalizing: values, recipe: recipe)
            return EmbeddedProduct(
                product: Product(id: ProductID("\(number)")),
                embedding: Embedding([.image: .dense(vector)])
            )
        }
        let recommender = Recommender(index: ReferenceIndex(space: space, products: items))
        for product in try recommender.recommend(RecommendationQuery(likes: ["0"])) {
            #expect(abs(product.parts.reduce(0) { $0 + $1.value } - product.score) < 1e-9)
        }
    }

    @Test func `a liked product that is pinned counts once in its group`() throws {
        let recommender = try ArticleShop().recommender
        var query = RecommendationQuery(likes: ["Shoe-Red-A"], count: 5)
        query.pinned = ["Shoe-Red-A"]
        query.groupLimits = [GroupLimit(attribute: "type", count: 2, countsLikes: true)]
        let shoes = try recommender.recommend(query).filter { $0.id.rawValue.hasPrefix("Shoe") }
        #expect(shoes.count == 2)
    }
}

/// The mean of both cosines; not a number without attributes.
private struct PictureAndAttributes: Fusion {
    func score(_ cosines: BlockCosines, weights: BlockWeights) -> Double? {
        (cosines[.image] ?? .nan) / 2 + (cosines[.metadata] ?? .nan) / 2
    }
}

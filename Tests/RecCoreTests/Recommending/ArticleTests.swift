import RecCore
import Testing

/// What the articles of the documentation say.
@Suite struct `What the articles say` {
    private let shop = ArticleShop()

    private func score(of id: ProductID, _ query: RecommendationQuery) throws -> Double? {
        var query = query
        query.count = 100
        return try shop.recommender.recommend(query).first { $0.id == id }?.score
    }

    @Test func `products without the attribute pass a filter that denies, and match no range`() throws {
        var query = RecommendationQuery(likes: ["Shoe-Red-A"], count: 100)
        func ids(_ filter: AttributeFilter) throws -> [ProductID] {
            query.filter = filter
            return try shop.recommender.recommend(query).map(\.id)
        }
        #expect(try ids(.not(.has("brand", "A"))).contains("Shoe-Red"))
        #expect(try ids(.not(.number("price", in: 50...))).contains("Shoe-Red"))
        #expect(try !ids(.number("price", in: ..<50)).contains("Shoe-Red"))
        #expect(try !ids(.number("price", NumberRange())).contains("Shoe-Red"))
        #expect(try ids(.number("price", NumberRange(from: 5, to: 1))).isEmpty)
        #expect(try ids(.any([])).isEmpty)
        #expect(try ids(.has("brand", "Z")).isEmpty)
        #expect(try ids(.all([])).count == 36)
    }

    @Test(arguments: ExampleStrategy.allCases)
    func `a dislike of little weight or great age hardly counts`(strategy: ExampleStrategy) throws {
        func query(weight: Double) -> RecommendationQuery {
            RecommendationQuery(
                likes: ["Shoe-Red-A"],
                dislikes: [.product("Bag-Red-B", weight: weight)],
                strategy: strategy
            )
        }
        let strong = try #require(try score(of: "Cap-Red-B", query(weight: 1)))
        let weak = try #require(try score(of: "Cap-Red-B", query(weight: 0.001)))
        let none = try #require(
            try score(of: "Cap-Red-B", RecommendationQuery(likes: ["Shoe-Red-A"], strategy: strategy))
        )
        #expect(strong < none - 0.1)
        #expect(abs(weak - none) < 0.01)
        var old = query(weight: 1)
        old.dislikes[0].age = .seconds(86_400 * 3650)
        old.halfLife = .seconds(86_400 * 30)
        #expect(abs(try #require(try score(of: "Cap-Red-B", old)) - none) < 1e-6)
    }

    @Test func `a disliked brand pushes its products down and no others`() throws {
        let brand = try Example.attributes(["brand": "A"], encodedBy: shop)
        let liked = RecommendationQuery(likes: ["Shoe-Red-A"])
        var disliked = liked
        disliked.dislikes = [brand]
        let before = try #require(try score(of: "Shoe-Blue-A", liked))
        #expect(try abs(before - #require(try score(of: "Shoe-Red-B", liked))) < 1e-6)
        let same = try #require(try score(of: "Shoe-Blue-A", disliked))
        let other = try #require(try score(of: "Shoe-Red-B", disliked))
        #expect(same < other - 0.1)
        // Not with `best`: the shoe shares more with the like than with one attribute.
        disliked.strategy = .best
        #expect(try abs(before - #require(try score(of: "Shoe-Blue-A", disliked))) < 1e-6)
    }

    @Test(arguments: [ExampleStrategy.mean, .best])
    func `with dislikes alone, what shares nothing with them scores 0 and comes first`(strategy: ExampleStrategy) throws
    {
        let query = RecommendationQuery(dislikes: ["Shoe-Red-A"], strategy: strategy, count: 100)
        let answer = try shop.recommender.recommend(query)
        let zero = answer.prefix { abs($0.score) < 1e-6 }
        #expect(zero.count == 12)
        #expect(answer.dropFirst(12).allSatisfy { $0.score < -0.1 })
    }

    @Test func `a like that is disliked too counts with mean, cancels out with sum, and makes best blind`() throws {
        func answer(_ strategy: ExampleStrategy) throws -> [Recommendation] {
            try shop.recommender.recommend(
                RecommendationQuery(likes: ["Shoe-Red-A"], dislikes: ["Shoe-Red-A"], strategy: strategy, count: 100)
            )
        }
        let plain = try shop.recommender.recommend(RecommendationQuery(likes: ["Shoe-Red-A"], count: 100))
        #expect(try answer(.mean).map(\.id) == plain.map(\.id))
        #expect(try answer(.sum).isEmpty)
        #expect(try answer(.best).allSatisfy { $0.score == 0 })
    }

    @Test func `a boost lifts nothing from beyond the pool, nor what stayed below the least score`() throws {
        var query = RecommendationQuery(likes: ["Shoe-Red-A"], count: 3)
        query.boosts = [Boost("tees") { $0["type"].first == "Tee" ? 5 : 0 }]
        query.poolCount = 3
        #expect(try shop.recommender.recommend(query).allSatisfy { $0.score < 1 })
        query.poolCount = 200
        #expect(try shop.recommender.recommend(query).allSatisfy { $0.score >= 5 })
        query.minimumSimilarity = 0.9
        #expect(try shop.recommender.recommend(query).isEmpty)
    }

    @Test func `pinned products count in groups and are all shown, and blocked wins over pinned`() throws {
        var query = RecommendationQuery(likes: ["Shoe-Red-A"], count: 100)
        query.groupLimits = [GroupLimit(attribute: "brand", count: 2)]
        query.pinned = ["Cap-Red-B", "Cap-Blue-B", "Cap-Green-B", "Bag-Green-B", "Shoe-Red-A"]
        query.excluded = ["Cap-Blue-B"]
        query.minimumSimilarity = 0.5
        let answer = try shop.recommender.recommend(query)
        #expect(answer.filter(\.isPinned).map(\.id) == ["Cap-Red-B", "Cap-Green-B", "Bag-Green-B", "Shoe-Red-A"])
        #expect(answer.filter { $0.id.rawValue.hasSuffix("-B") }.count == 3)
    }

    @Test func `the products that a query starts from are in no group unless they count`() throws {
        var query = RecommendationQuery(likes: ["Shoe-Red-A"], count: 100)
        query.groupLimits = [GroupLimit(attribute: "type", count: 1)]
        func shoes() throws -> Int {
            try shop.recommender.recommend(query).count { $0.id.rawValue.hasPrefix("Shoe") }
        }
        #expect(try shoes() == 1)
        query.groupLimits[0].countsLikes = true
        #expect(try shoes() == 0)
    }

    @Test func `a like of little weight gives no product more than that with best`() throws {
        let query = RecommendationQuery(
            likes: [.product("Shoe-Red-A", weight: 3), .product("Cap-Green-C", weight: 1)],
            strategy: .best
        )
        let score = try #require(try score(of: "Cap-Blue-C", query))
        #expect(abs(score - 2.0 / 9) < 1e-6)
    }

    @Test func `a product that lacks attributes is nearer than one that has others`() throws {
        let query = RecommendationQuery(likes: ["Shoe-Red-A"])
        let lacking = try #require(try score(of: "Shoe-Red", query))
        let other = try #require(try score(of: "Shoe-Red-B", query))
        #expect(abs(lacking - 2 / 6.0.squareRoot()) < 1e-6)
        #expect(abs(other - 2.0 / 3) < 1e-6)
    }

    @Test func `no history is an error, one that is gone is an empty answer`() throws {
        let recommender = try shop.recommender
        let error = #expect(throws: RecError.self) { try recommender.recommend(RecommendationQuery()) }
        #expect(error?.code == .invalidQuery)
        var gone = RecommendationQuery(likes: ["gone"])
        gone.ignoresUnknownExamples = true
        #expect(try recommender.recommend(gone).isEmpty)
    }
}

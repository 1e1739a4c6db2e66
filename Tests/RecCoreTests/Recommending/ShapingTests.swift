import RecCore
import RecTesting
import Testing

@Suite struct `The shape of an answer` {
    private func query(_ shop: IndexedCatalogue, count: Int = 20, strategy: ExampleStrategy = .mean)
        -> RecommendationQuery
    {
        let ids = shop.index.ids
        return RecommendationQuery(
            likes: [.product(ids[2]), .product(ids[40])],
            dislikes: [.product(ids[77])],
            strategy: strategy,
            count: count
        )
    }

    /// Queries that use each way of shaping, and all together.
    private func shaped(_ shop: IndexedCatalogue) -> [RecommendationQuery] {
        let plain = query(shop, count: 1000)
        var boosted = plain
        boosted.boosts = [Boost("cheap", attribute: "price", from: 20, to: 8, weight: 0.3)]
        var grouped = plain
        grouped.groupLimits = [GroupLimit(attribute: "colour", count: 3)]
        var diverse = plain
        diverse.diversity = 0.5
        diverse.poolCount = 25
        var pinned = plain
        pinned.pinned = [shop.index.ids[90], shop.index.ids[5]]
        var all = query(shop, count: 1000, strategy: .best)
        all.boosts = boosted.boosts + [Boost("odd") { $0.title == nil ? 0.1 : .nan }]
        all.groupLimits = [GroupLimit(attribute: "price", count: 4)]
        all.diversity = 0.3
        all.poolCount = 30
        all.pinned = pinned.pinned
        all.filter = .number("price", in: 9...)
        return [plain, boosted, grouped, diverse, pinned, all]
    }

    @Test(arguments: [1, 7, 30])
    func `pages follow each other without gaps or repetitions`(size: Int) throws {
        let shop = IndexedCatalogue(seed: 1)
        for var query in shaped(shop) {
            let whole = try shop.recommender.recommend(query)
            #expect(whole.count > 10)
            #expect(Set(whole.map(\.id)).count == whole.count)
            var pages: [Recommendation] = []
            query.count = size
            while true {
                let page = try shop.recommender.recommend(query)
                pages += page
                guard page.count == size else { break }
                query.offset += size
            }
            #expect(pages == whole)
        }
    }

    @Test func `no group has more products than it may, and nothing else is left out`() throws {
        let shop = IndexedCatalogue(seed: 2)
        for attribute in ["colour", "tags", "price"] {
            var query = query(shop, count: 1000)
            let ungrouped = try shop.recommender.recommend(query)
            query.groupLimits = [GroupLimit(attribute: attribute, count: 2)]
            let grouped = try shop.recommender.recommend(query)
            var counts: [String: Int] = [:]
            let expected = ungrouped.filter { product in
                let values = shop.index.product(product.id)?[attribute].values ?? []
                guard values.allSatisfy({ counts[$0, default: 0] < 2 }) else { return false }
                for value in values { counts[value, default: 0] += 1 }
                return true
            }
            #expect(grouped == expected)
            #expect(grouped.count < ungrouped.count)
        }
    }

    @Test func `all group limits hold, however many products they leave out`() throws {
        let shop = IndexedCatalogue(count: 600, seed: 2)
        for strategy in [ExampleStrategy.mean, .best] {
            var query = query(shop, count: 1000, strategy: strategy)
            let unlimited = try shop.recommender.recommend(query)
            query.groupLimits = [GroupLimit(attribute: "price", count: 3), GroupLimit(attribute: "colour", count: 2)]
            query.filter = .all([.number("price", NumberRange()), .has("colour", anyOf: ["Red", "Blue", "White"])])
            let limited = try shop.recommender.recommend(query)
            var counts: [String: Int] = [:]
            let expected = unlimited.filter { product in
                guard let item = shop.index.product(product.id), query.filter?.matches(item) == true else {
                    return false
                }
                let groups = [("price", 3), ("colour", 2)].flatMap { name, limit in
                    item[name].values.map { (name + $0, limit) }
                }
                guard groups.allSatisfy({ counts[$0.0, default: 0] < $0.1 }) else { return false }
                for group in groups { counts[group.0, default: 0] += 1 }
                return true
            }
            #expect(limited.map(\.id) == expected.map(\.id))
            #expect(limited.count == 6)
        }
    }

    @Test func `boosts are added to the similarity and decide the order`() throws {
        let shop = IndexedCatalogue(seed: 3)
        var query = query(shop, count: 1000)
        let plain = Dictionary(
            uniqueKeysWithValues: try shop.recommender.recommend(query).map { ($0.id, $0.score) }
        )
        query.boosts = [
            Boost("cheap", attribute: "price", from: 18, to: 9, weight: 0.4),
            Boost("broken") { _ in .infinity },
        ]
        query.poolCount = 1000
        let boosted = try shop.recommender.recommend(query)
        #expect(Set(boosted.map(\.id)) == Set(plain.keys))
        for product in boosted {
            let price = shop.index.product(product.id)?["price"].first.flatMap { Double($0) }
            let expected = price.map { 0.4 * min(max((18 - $0) / 9, 0), 1) } ?? 0
            #expect(abs(product.score - (plain[product.id] ?? .nan) - expected) < 1e-12)
            #expect(product.similarity == plain[product.id])
        }
        for (first, second) in zip(boosted, boosted.dropFirst()) {
            #expect(first.score > second.score || first.score == second.score && first.id < second.id)
        }
    }

    @Test(arguments: [0.2, 0.5, 0.9, 1])
    func `each product has the greatest marginal relevance of those left`(diversity: Double) throws {
        let shop = IndexedCatalogue(seed: 4)
        let reference = ReferenceTaste(space: shop.catalogue.space, weights: .standard)
        var query = query(shop, count: 25)
        query.poolCount = 60
        let pool = try shop.recommender.recommend(with(query) { $0.count = 60 })
        query.diversity = diversity
        let answer = try shop.recommender.recommend(query)
        #expect(answer.count == 25)
        let sides = shop.embeddings.mapValues { reference.sides($0) }
        func value(_ product: Recommendation, _ chosen: ArraySlice<Recommendation>) -> Double {
            let greatest = chosen.compactMap { reference.score(sides[$0.id] ?? [], sides[product.id] ?? []) }.max()
            return (1 - diversity) * product.score - diversity * (greatest ?? 0)
        }
        for rank in answer.indices {
            let chosen = answer[..<rank]
            let taken = Set(chosen.map(\.id))
            let best = pool.filter { !taken.contains($0.id) }.map { value($0, chosen) }.max() ?? .nan
            #expect(abs(value(answer[rank], chosen) - best) < 2e-6, "rank \(rank)")
        }
    }

    @Test func `variety grows with the diversity asked for`() throws {
        let shop = IndexedCatalogue(count: 400, seed: 5)
        let reference = ReferenceTaste(space: shop.catalogue.space, weights: .standard)
        let alike = try [0, 0.3, 0.7].map { diversity in
            let answer = try shop.recommender.recommend(with(query(shop, count: 10)) { $0.diversity = diversity })
            let sides = answer.map { reference.sides(shop.embeddings[$0.id] ?? Embedding([:])) }
            let scores = sides.indices.flatMap { first in
                sides.indices.filter { $0 > first }.compactMap { reference.score(sides[first], sides[$0]) }
            }
            return scores.reduce(0, +) / Double(scores.count)
        }
        #expect(alike[0] > alike[1] && alike[1] > alike[2])
    }

    @Test func `pinned products come first, blocked ones never`() throws {
        let shop = IndexedCatalogue(seed: 6)
        let ids = shop.index.ids
        var query = query(shop, count: 30)
        let plain = try shop.recommender.recommend(query)
        query.pinned = [ids[120], plain[4].id, ids[120], ids[121], ids[2]]
        query.excluded = [ids[121], plain[0].id]
        let answer = try shop.recommender.recommend(query)
        #expect(answer.prefix(3).map(\.id) == [ids[120], plain[4].id, ids[2]])
        #expect(answer.map(\.isPinned) == (0..<30).map { $0 < 3 })
        let others = plain.map(\.id).filter { ![plain[0].id, plain[4].id, ids[120], ids[121]].contains($0) }
        #expect(Array(answer.dropFirst(3).map(\.id).prefix(others.count)) == Array(others.prefix(27)))
        let price = try #require(shop.index.product(ids[120])?["price"].first)
        query.filter = .not(.has("price", price))
        #expect(try !shop.recommender.recommend(query).map(\.id).contains(ids[120]))
    }

    @Test func `there are as many products as are possible`() throws {
        let shop = IndexedCatalogue(seed: 7)
        let possible = try shop.recommender.recommend(query(shop, count: 1000)).count
        for count in [0, 1, possible, possible + 1, 1_000_000_000, .max] {
            for var query in [query(shop, count: count), query(shop, count: count, strategy: .best)] {
                #expect(try shop.recommender.recommend(query).count == min(count, possible))
                query.diversity = 0.2
                query.poolCount = 20
                #expect(try shop.recommender.recommend(query).count == min(count, possible))
                query.offset = .max
                #expect(try shop.recommender.recommend(query).isEmpty)
            }
        }
    }

    @Test func `a filter that contradicts itself is answered with nothing`() throws {
        let shop = IndexedCatalogue(seed: 8)
        for strategy in ExampleStrategy.allCases {
            var query = query(shop, strategy: strategy)
            query.filter = .all([.has("colour", "Red"), .not(.has("colour", "Red"))])
            query.pinned = [shop.index.ids[9]]
            #expect(try shop.recommender.recommend(query).isEmpty)
        }
    }

    typealias Change = @Sendable (inout RecommendationQuery) throws -> Void
    static let bad: [(String, RecError.Code, Change)] = [
        ("no examples", .invalidQuery, { ($0.likes, $0.dislikes) = ([], []) }),
        ("unknown like", .unknownProduct, { $0.likes.append("nobody") }),
        ("unknown dislike", .unknownProduct, { $0.dislikes.append("nobody") }),
        ("unknown pin", .unknownPin, { $0.pinned = ["nobody"] }),
        ("negative weight", .invalidWeight, { $0.likes[0].weight = -1 }),
        ("weight NaN", .invalidWeight, { $0.dislikes[0].weight = .nan }),
        ("attribute weight NaN", .invalidWeight, { $0.weighting = Weighting(attributes: ["colour": .nan]) }),
        ("unknown attribute weight", .unknownAttribute, { $0.weighting = Weighting(attributes: ["size": 1]) }),
        ("negative count", .invalidQuery, { $0.count = -1 }),
        ("negative offset", .invalidQuery, { $0.offset = -1 }),
        ("threshold NaN", .invalidQuery, { $0.minimumSimilarity = .nan }),
        ("diversity NaN", .invalidQuery, { $0.diversity = .nan }),
        ("diversity 2", .invalidQuery, { $0.diversity = 2 }),
        ("pool 0", .invalidQuery, { $0.poolCount = 0 }),
        ("pool of a billion", .invalidQuery, { $0.poolCount = 1_000_000_000 }),
        ("half-life 0", .invalidQuery, { $0.halfLife = .zero }),
        ("group of 0", .invalidQuery, { $0.groupLimits = [GroupLimit(attribute: "colour", count: 0)] }),
        ("unknown group", .unknownAttribute, { $0.groupLimits = [GroupLimit(attribute: "size")] }),
        ("unknown filter", .unknownAttribute, { $0.filter = .has("size", "XL") }),
        ("unknown filter, count 0", .unknownAttribute, { ($0.filter, $0.count) = (.has("size", "XL"), 0) }),
        ("boosts of one name", .invalidQuery, { $0.boosts = [Boost("a") { _ in 0 }, Boost("a") { _ in 1 }] }),
        ("empty embedding", .noSharedBlock, { $0.likes.append(.embedding(Embedding([:]))) }),
        (
            "foreign embedding", .recipeMismatch,
            { $0.likes.append(.embedding(RandomCatalogue(count: 1, seed: 999).products[0].embedding)) }
        ),
        (
            "the farthest without weights", .invalidQuery,
            { ($0.likes, $0.strategy, $0.weighting) = ([], .best, Weighting(fusion: Least())) }
        ),
        ("sum without weights", .invalidQuery, { ($0.strategy, $0.weighting) = (.sum, Weighting(fusion: Least())) }),
    ]

    @Test(arguments: bad.indices)
    func `a bad query is refused with the reason`(number: Int) throws {
        let shop = IndexedCatalogue(seed: 9)
        let (name, code, change) = Self.bad[number]
        var query = query(shop)
        try change(&query)
        let error = #expect(throws: RecError.self, "\(name)") { try shop.recommender.recommend(query) }
        #expect(error?.code == code, "\(name)")
        #expect((error?.message.count ?? 0) > 20)
    }

    @Test func `examples that are gone can be passed over`() throws {
        let shop = IndexedCatalogue(seed: 10)
        let plain = query(shop)
        var query = plain
        query.likes.insert("nobody", at: 0)
        query.ignoresUnknownExamples = true
        #expect(try shop.recommender.recommend(query).map(\.score) == shop.recommender.recommend(plain).map(\.score))
        query.likes = ["nobody"]
        query.dislikes = []
        #expect(try shop.recommender.recommend(query).isEmpty)
    }

    private func with(
        _ query: RecommendationQuery,
        _ change: (inout RecommendationQuery) -> Void
    ) -> RecommendationQuery {
        var query = query
        change(&query)
        return query
    }
}

/// A fusion that is no weighted mean.
struct Least: Fusion {
    func score(_ cosines: BlockCosines, weights: BlockWeights) -> Double? { cosines.values.compactMap { $0 }.min() }
}

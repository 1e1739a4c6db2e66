import RecCore
import RecTesting
import Testing

@Suite struct `Recommendations for likes and dislikes` {
    static let sides: [(likes: Int, dislikes: Int)] = [(1, 0), (3, 0), (3, 2), (0, 1), (0, 3), (1, 1)]
    static let weightings: [[String: Double]] = [[:], ["colour": 0, "season": 3]]

    @Test(arguments: ExampleStrategy.allCases, sides)
    func `they are those of the formula`(strategy: ExampleStrategy, sides: (likes: Int, dislikes: Int)) throws {
        for seed in 1...4 as ClosedRange<UInt64> {
            let shop = IndexedCatalogue(seed: seed)
            let ids = shop.index.ids.shuffled(seed: seed)
            let weight: (Int) -> Double = { [1, 0.4, 2.5][$0 % 3] }
            let likes = (0..<sides.likes).map { Example.product(ids[$0], weight: weight($0)) }
            let dislikes = (0..<sides.dislikes).map { Example.product(ids[100 + $0], weight: weight($0 + 1)) }
            for (image, attributeWeights) in zip([0.8, 0.3, 0, 1], Self.weightings + Self.weightings) {
                var query = RecommendationQuery(likes: likes, dislikes: dislikes, strategy: strategy, count: 30)
                let weights = try BlockWeights(image: image)
                query.weighting = Weighting(weights, attributes: attributeWeights)
                query.filter = .not(.has("colour", "Green"))
                query.minimumSimilarity = seed == 2 ? -0.05 : nil
                let reference = ReferenceTaste(
                    space: shop.catalogue.space,
                    weights: weights,
                    attributeWeights: attributeWeights
                )
                try check(query, shop, reference)
            }
        }
    }

    /// Compares an answer with the scores of all products by the formula.
    private func check(_ query: RecommendationQuery, _ shop: IndexedCatalogue, _ reference: ReferenceTaste) throws {
        func weighted(_ examples: [Example]) -> [ReferenceTaste.Weighted] {
            examples.compactMap { example in
                example.id.flatMap { shop.embeddings[$0] }.map { ($0, example.weight) }
            }
        }
        let examples = Set((query.likes + query.dislikes).compactMap(\.id))
        var scores: [ProductID: Double] = [:]
        for item in shop.catalogue.products where !examples.contains(item.product.id) {
            guard query.filter?.matches(item.product) ?? true else { continue }
            scores[item.product.id] = reference.similarity(
                of: item.embedding,
                likes: weighted(query.likes),
                dislikes: weighted(query.dislikes),
                strategy: query.strategy
            )
        }
        let least = query.minimumSimilarity ?? -.infinity
        let best = scores.values.filter { $0 >= least }.sorted(by: >)
        let unsure = scores.values.count { abs($0 - least) < 1e-5 }
        let answer = try shop.recommender.recommend(query)
        #expect(abs(answer.count - min(query.count, best.count)) <= unsure)
        #expect(Set(answer.map(\.id)).count == answer.count)
        for (rank, product) in answer.enumerated() where rank < best.count {
            let expected = try #require(scores[product.id], "\(product.id) should not be in the answer")
            #expect(abs(product.score - expected) < 2e-6)
            #expect(abs(product.score - best[rank]) < 2e-6, "rank \(rank) has not the best score left")
        }
    }

    @Test func `one like is a search for its neighbours`() throws {
        let shop = IndexedCatalogue(seed: 5)
        for strategy in ExampleStrategy.allCases {
            for id in shop.index.ids.prefix(20) {
                let query = RecommendationQuery(likes: [.product(id)], strategy: strategy, count: 7)
                let answer = try shop.recommender.recommend(query)
                let similar = try shop.recommender.similar(to: id, count: 7)
                #expect(answer.map(\.id) == similar.map(\.id))
                for (one, other) in zip(answer, similar) { #expect(abs(one.score - other.score) < 1e-6) }
                #expect(answer.allSatisfy { $0.because == id })
            }
        }
    }

    @Test func `an example counts half at the age of the half-life`() throws {
        let shop = IndexedCatalogue(seed: 6)
        let ids = shop.index.ids
        for (age, factor) in [(0, 1), (30, 0.5), (60, 0.25), (75, 0.1767766952966369), (300_000, 0)] {
            for strategy in ExampleStrategy.allCases {
                var aged = RecommendationQuery(
                    likes: [.product(ids[3]), .product(ids[60], weight: 3, age: .seconds(86_400 * age))],
                    strategy: strategy
                )
                aged.halfLife = .seconds(86_400 * 30)
                aged.excluded = [ids[60]]
                var plain = aged
                plain.likes[1] = .product(ids[60], weight: 3 * factor)
                let (one, other) = (try shop.recommender.recommend(aged), try shop.recommender.recommend(plain))
                #expect(one.map(\.id) == other.map(\.id))
                for (one, other) in zip(one, other) { #expect(abs(one.score - other.score) < 1e-9) }
            }
        }
    }

    @Test func `the sum ranks by the sum of the scores where no block is missing`() throws {
        let shop = IndexedCatalogue(seed: 7)
        let complete = shop.catalogue.products.filter { $0.embedding.blocks.count == 2 }.map(\.product.id).sorted()
        let (likes, dislikes) = (Array(complete[0..<4]), Array(complete[4..<6]))
        var query = RecommendationQuery(
            likes: likes.map { .product($0) },
            dislikes: dislikes.map { .product($0) },
            strategy: .sum,
            count: 1000
        )
        query.excluded = Set(shop.index.ids).subtracting(complete)
        let answer = try shop.recommender.recommend(query)
        #expect(answer.count == complete.count - 6)
        let scores = try (likes + dislikes).map { id in
            let neighbors = try shop.recommender.similar(to: id, count: 1000)
            return Dictionary(uniqueKeysWithValues: neighbors.map { ($0.id, $0.score) })
        }
        let sums = answer.map { product in
            scores.enumerated().reduce(0) { $0 + ($1.offset < 4 ? 1 : -1) * ($1.element[product.id] ?? .nan) }
        }
        for (first, second) in zip(sums, sums.dropFirst()) { #expect(first >= second - 1e-5) }
    }

    @Test func `examples are left out unless they are asked for`() throws {
        let shop = IndexedCatalogue(seed: 8)
        let ids = shop.index.ids
        var query = RecommendationQuery(likes: [.product(ids[0])], dislikes: [.product(ids[1])], count: 1000)
        let without = try shop.recommender.recommend(query).map(\.id)
        #expect(!without.contains(ids[0]) && !without.contains(ids[1]))
        query.includesExamples = true
        let with = try shop.recommender.recommend(query).map(\.id)
        #expect(Set(with) == Set(without).union([ids[0], ids[1]]))
        query.excluded = [ids[0]]
        #expect(try !shop.recommender.recommend(query).map(\.id).contains(ids[0]))
    }

    @Test func `a picture or attributes that were never seen are an example like any other`() async throws {
        let extractor = FakeExtractor()
        let encoder = FakeEncoder()
        let embedder = ProductEmbedder(extractor: extractor, encoder: encoder) { $0.picture }
        var items: [EmbeddedProduct] = []
        let products = (0..<12).map { number in
            Product(
                id: ProductID("\(number)"),
                attributes: ["colour": number % 2 == 0 ? "Red" : "Blue"],
                picture: "\(number).jpg"
            )
        }
        _ = try await embedder.embed(products) { items.append($0) }
        let recommender = Recommender(index: ReferenceIndex(space: embedder.space, products: items))
        let picture = try await Example.picture("7.jpg", using: extractor)
        #expect(try await recommender.recommend(RecommendationQuery(likes: [picture])).first?.id == "7")
        let both = try await Example.picture(
            "4.jpg",
            using: extractor,
            attributes: ["colour": "Blue"],
            encodedBy: encoder
        )
        var query = RecommendationQuery(likes: [both], count: 12)
        query.weighting = Weighting(try BlockWeights(image: 0))
        let blue = try await recommender.recommend(query)
        #expect(blue.prefix(6).allSatisfy { Int($0.id.rawValue)! % 2 == 1 && $0.score == 1 })
        #expect(blue.dropFirst(6).allSatisfy { $0.score == 0 })
        let red = try Example.attributes(["colour": "Red"], encodedBy: encoder)
        let alone = try await recommender.recommend(RecommendationQuery(likes: [red], count: 6))
        #expect(alone.map(\.id) == ["0", "10", "2", "4", "6", "8"])
        #expect(alone.allSatisfy { $0.because == nil && $0.likeIndex == 0 && $0.score == 1 })
        #expect(throws: RecError.self) { try Example.attributes(["size": "XL"], encodedBy: encoder) }
    }

    @Test func `examples that cancel out are answered with nothing`() throws {
        let shop = IndexedCatalogue(seed: 9)
        let id = try #require(shop.catalogue.products.first { $0.embedding.blocks.count == 2 }?.product.id)
        let query = RecommendationQuery(likes: [.product(id)], dislikes: [.product(id)], strategy: .sum)
        #expect(try shop.recommender.recommend(query).isEmpty)
    }
}

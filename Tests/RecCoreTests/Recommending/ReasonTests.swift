import RecCore
import RecTesting
import Testing

@Suite struct `Reasons and what a score means` {
    @Test func `a calibration of more pairs than fit in memory begins, and ends when it is cancelled`() async throws {
        let task = Task { try await ScoreCalibration(of: RingIndex(count: 300), pairs: .max).scores.count }
        try await Task.sleep(for: .milliseconds(50))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test(arguments: ExampleStrategy.allCases, [0, 0.3, 0.8, 1])
    func `the parts of a score add up to it`(strategy: ExampleStrategy, image: Double) throws {
        let shop = IndexedCatalogue(seed: 11)
        let ids = shop.index.ids.shuffled(seed: 3)
        for (likes, dislikes) in [(1, 0), (4, 0), (4, 3), (0, 2)] {
            var query = RecommendationQuery(
                likes: ids[0..<likes].map { .product($0, weight: 1.5) },
                dislikes: ids[10..<10 + dislikes].map { .product($0) },
                strategy: strategy,
                count: 200
            )
            query.weighting = Weighting(try BlockWeights(image: image))
            query.weighting?.attributes = ["tags": 2]
            query.boosts = [Boost("a") { _ in 0.25 }, Boost("b", attribute: "price", from: 8, to: 20, weight: -0.1)]
            query.pinned = [ids[50]]
            let answer = try shop.recommender.recommend(query)
            #expect(answer.count > 50)
            for product in answer {
                let sum = product.parts.reduce(0) { $0 + $1.value }
                #expect(abs(sum - product.score) < 1e-6)
                #expect(Set(product.parts.map(\.source)).count == product.parts.count)
                #expect(product.parts.suffix(2).map(\.source) == [.boost("a"), .boost("b")])
            }
        }
    }

    @Test func `the parts of one like are its shares of the cosines`() throws {
        // Two products that share the colour (weight 3) and not the season (weight 1), with a cosine of 0.6.
        let attributes = AttributeSpace(attributes: [
            .init(name: "colour", categories: [.value("Red"), .value("Blue")], weight: 3),
            .init(name: "season", categories: [.value("Fall"), .value("Summer")]),
        ])
        let space = EmbeddingSpace(blocks: [
            .init(name: .image, kind: .dense(dimension: 2, recipe: ["a": "b"])),
            .init(name: .metadata, kind: .oneHot(attributes)),
        ])
        let products = try [
            (id: "1", vector: [1, 0] as [Float], columns: [0, 2] as [UInt32]), ("2", [0.6, 0.8], [0, 3]),
        ]
        .map { id, vector, columns in
            EmbeddedProduct(
                product: Product(id: ProductID(id)),
                embedding: Embedding([
                    .image: .dense(try DenseVector(normalizing: vector, recipe: ["a": "b"])),
                    .metadata: .oneHot(try AttributeCodes(columns: columns, space: attributes)),
                ])
            )
        }
        let recommender = Recommender(index: ReferenceIndex(space: space, products: products))
        var query = RecommendationQuery(likes: ["1"])
        query.weighting = Weighting(try BlockWeights(image: 0.75))
        let product = try #require(try recommender.recommend(query).first)
        // 0.75 * 0.6 for the image; 0.25 * 3 / 4 for the colour, nothing for the season.
        #expect(product.parts.map(\.source) == [.block(.image), .attribute("colour"), .attribute("season")])
        for (part, expected) in zip(product.parts, [0.45, 0.1875, 0]) { #expect(abs(part.value - expected) < 1e-7) }
        #expect(product.parts.map(\.shared) == [[], ["Red"], []])
        #expect(product.parts.map(\.description) == ["image +0.45", "same colour (Red) +0.19", "season +0.00"])
        query.weighting?.attributes = ["colour": 1]
        let reweighted = try #require(try recommender.recommend(query).first)
        #expect(abs(reweighted.parts[1].value - 0.125) < 1e-7)
        query.likes = []
        query.dislikes = ["1"]
        let disliked = try #require(try recommender.recommend(query).first)
        #expect(disliked.parts.map(\.value) == reweighted.parts.map { $0.value == 0 ? 0 : -$0.value })
        #expect(disliked.parts[1].description == "colour (Red) -0.13")
        #expect(disliked.because == nil)
    }

    @Test func `the like that is named is the one that adds most`() throws {
        let shop = IndexedCatalogue(seed: 12)
        let ids = shop.index.ids.shuffled(seed: 5)
        let likes = Array(ids[0..<5])
        let weights = [1, 2, 0.5, 1.5, 1]
        for strategy in ExampleStrategy.allCases {
            let query = RecommendationQuery(
                likes: zip(likes, weights).map { .product($0, weight: $1) },
                strategy: strategy,
                count: 100
            )
            for product in try shop.recommender.recommend(query) {
                let position = try #require(product.likeIndex)
                #expect(product.because == likes[position])
                if strategy == .mean {
                    // Taking a like away takes its part away from the sum that is scaled to unit length afterwards.
                    #expect(
                        contribution(of: position, to: product.id, likes, weights, shop) + 1e-6 >= likes.indices.map {
                            contribution(of: $0, to: product.id, likes, weights, shop)
                        }.max() ?? .nan
                    )
                }
            }
        }
    }

    /// `sum_b w_b a_i (p_ib . x_b) / (A_b |m_b|)`, with `A_b` the weights of the likes that have the block.
    private func contribution(
        of like: Int,
        to id: ProductID,
        _ likes: [ProductID],
        _ weights: [Double],
        _ shop: IndexedCatalogue
    ) -> Double {
        let reference = ReferenceTaste(space: shop.catalogue.space, weights: .standard)
        let examples = zip(likes, weights).map { (shop.embeddings[$0] ?? Embedding([:]), $1) }
        let profile = reference.profile(examples.map { (embedding: $0.0, weight: $0.1) }, [], isMean: true)
        let own = reference.sides(shop.embeddings[id] ?? Embedding([:]))
        let liked = reference.sides(examples[like].0)
        var sum = 0.0
        for (position, block) in shop.catalogue.space.blocks.enumerated() {
            guard let middle = profile[position], let mine = own[position], let theirs = liked[position] else {
                continue
            }
            let total = examples.filter { $0.0[block.name] != nil }.reduce(0) { $0 + $1.1 }
            let product = zip(mine, theirs).reduce(0) { $0 + $1.0 * $1.1 }
            sum += BlockWeights.standard[block.name] * weights[like] / total * product / reference.norm(middle)
        }
        return sum
    }

    @Test func `a fusion of one's own gives one part`() throws {
        let shop = IndexedCatalogue(seed: 13)
        for strategy in [ExampleStrategy.mean, .best] {
            var query = RecommendationQuery(likes: [.product(shop.index.ids[0])], strategy: strategy)
            query.weighting = Weighting(fusion: Least())
            for product in try shop.recommender.recommend(query) {
                #expect(product.parts.map(\.source) == [.similarity])
                #expect(abs((product.parts.first?.value ?? .nan) - product.score) < 1e-6)
            }
        }
    }

    @Test func `a percentile says how many random pairs are less similar`() async throws {
        let shop = IndexedCatalogue(count: 60, seed: 14)
        let reference = ReferenceTaste(space: shop.catalogue.space, weights: .standard)
        let sides = shop.catalogue.products.map { reference.sides($0.embedding) }
        let all = sides.indices.flatMap { first in
            sides.indices.compactMap { $0 == first ? nil : reference.score(sides[first], sides[$0]) }
        }.sorted()
        let calibration = try await ScoreCalibration(of: shop.index, pairs: 20_000, seed: 7)
        #expect(calibration.scores == calibration.scores.sorted())
        for share in stride(from: 0.05, through: 0.95, by: 0.1) {
            // Three standard errors of a share of 20,000 pairs are about 1 in a hundred.
            let score = all[Int(share * Double(all.count))] + 1e-7
            #expect(abs((calibration.percentile(of: score) ?? .nan) - 100 * share) < 1.5)
            let back = try #require(calibration.score(atPercentile: 100 * share))
            // Many pairs may have the same score.
            #expect(Double(calibration.scores.count { $0 < back }) <= share * 20_000)
            #expect(Double(calibration.scores.count { $0 <= back }) >= share * Double(calibration.scores.count) - 1e-6)
        }
        #expect(calibration.percentile(of: -2) == 0 && calibration.percentile(of: 2) == 100)
        #expect(calibration.percentile(of: .nan) == nil)
        #expect(calibration.score(atPercentile: 0) == calibration.scores.first)
        #expect(calibration.score(atPercentile: 100) == calibration.scores.last)
        let recommender = Recommender(index: shop.index, calibration: calibration)
        var query = RecommendationQuery(likes: [.product(shop.index.ids[0])], count: 20)
        for product in try await recommender.recommend(query) {
            #expect(product.percentile == product.similarity.flatMap { calibration.percentile(of: $0) })
        }
        query.weighting = Weighting(attributes: ["colour": 5])
        #expect(try await recommender.recommend(query).allSatisfy { $0.percentile == nil })
    }

    @Test func `a catalogue without pairs has no percentiles`() async throws {
        let shop = IndexedCatalogue(count: 1, seed: 15)
        let calibration = try await ScoreCalibration(of: shop.index)
        #expect(calibration.scores.isEmpty)
        #expect(calibration.percentile(of: 0.5) == nil && calibration.score(atPercentile: 50) == nil)
    }
}

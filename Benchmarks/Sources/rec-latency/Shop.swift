import RecCore
import RecIndex

/// What a server asks on behalf of its requests.
actor Shop {
    private let recommender: Recommender<Index>
    private let count: Int

    init(recommender: Recommender<Index>) {
        self.recommender = recommender
        count = recommender.index.count
    }

    /// A small request.
    func answer(_ number: Int) throws -> [Neighbor] {
        try recommender.similar(to: ProductID("\(number * 7919 % count)"), count: 10)
    }

    /// What is left of a search by picture when its features are there.
    func similar(to features: DenseVector) throws -> [Neighbor] {
        try recommender.similar(to: Embedding([.image: .dense(features)]), count: 10)
    }

    /// A recommender of random products whose vectors are of an extractor's kind.
    static func recommender(beside extractor: some FeatureExtractor, count: Int) async throws -> Recommender<Index> {
        var builder = IndexBuilder(space: EmbeddingSpace(blocks: [.init(image: extractor)]), capacity: count)
        var random = RandomNumbers(seed: 1)
        for number in 0..<count {
            let components = (0..<extractor.dimension).map { _ in max(random.normal(), 0) }
            let vector = try DenseVector(normalizing: components, recipe: extractor.recipe)
            try builder.add(Product(id: ProductID("\(number)")), Embedding([.image: .dense(vector)]))
        }
        return Recommender(index: try await builder.build())
    }
}

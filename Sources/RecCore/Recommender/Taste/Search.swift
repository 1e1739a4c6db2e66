/// What all searches of one recommendation have in common.
struct Search: Sendable {
    let index: any SimilarityIndex
    let fusion: any Fusion
    let attributeWeights: [String: Double]
    let filter: AttributeFilter?
    let excluded: Set<ProductID>
    let minimumScore: Double?
    let space: EmbeddingSpace
    /// The weight of each block of the space; `nil` when the fusion has none.
    private let weights: [Double]?

    init(
        _ query: RecommendationQuery,
        in index: any SimilarityIndex,
        fusion: any Fusion,
        attributeWeights: [String: Double]
    ) {
        self.index = index
        self.fusion = fusion
        self.attributeWeights = attributeWeights
        filter = query.filter
        var excluded = query.excluded.union(query.pinned)
        if !query.includesExamples { excluded.formUnion((query.likes + query.dislikes).compactMap(\.id)) }
        self.excluded = excluded
        minimumScore = query.minimumSimilarity
        space = index.space
        weights = fusion.weights.map { weights in index.space.blocks.map { weights[$0.name] } }
    }

    /// The nearest products to each of some embeddings among those that match the query's filter and `admissible`.
    func neighbors(
        of embeddings: [Embedding],
        count: Int,
        admissible: AttributeFilter?,
        fusion: (any Fusion)? = nil,
        minimumScore: Double? = nil
    ) throws -> [[Neighbor]] {
        let filter =
            admissible.map { admissible in self.filter.map { .all([$0, admissible]) } ?? admissible } ?? self.filter
        return try index.neighbors(
            forAll: embeddings.map { embedding in
                SearchQuery(
                    embedding,
                    count: count,
                    fusion: fusion ?? self.fusion,
                    attributeWeights: attributeWeights,
                    filter: filter,
                    excluded: excluded,
                    minimumScore: minimumScore
                )
            }
        )
    }

    /// An embedding made ready to be compared.
    func comparable(_ embedding: Embedding) -> ComparableEmbedding {
        ComparableEmbedding(embedding, in: space, attributeWeights: attributeWeights)
    }

    /// How similar two embeddings are, or `nil` when they share no block that counts.
    func score(_ first: ComparableEmbedding, _ second: ComparableEmbedding) -> Double? {
        guard let weights else { return fusion.comparableScore(first.cosines(with: second)) }
        var sum = 0.0
        var total = 0.0
        for position in weights.indices where weights[position] > 0 {
            guard let cosine = first.cosine(with: second, block: position) else { continue }
            sum += weights[position] * cosine
            total += weights[position]
        }
        return total > 0 ? sum / total : nil
    }
}

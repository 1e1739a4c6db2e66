/// What all searches of one recommendation have in common.
struct Search: Sendable {
    let index: any SimilarityIndex
    let fusion: any Fusion
    let attributeWeights: [String: Double]
    let filter: AttributeFilter?
    let excluded: Set<ProductID>
    let minimumScore: Double?

    var space: EmbeddingSpace { index.space }

    /// The nearest products to an embedding.
    func neighbors(
        of embedding: Embedding,
        count: Int,
        fusion: (any Fusion)? = nil,
        minimumScore: Double? = nil
    ) throws -> [Neighbor] {
        try index.neighbors(
            SearchQuery(
                embedding,
                count: count,
                fusion: fusion ?? self.fusion,
                attributeWeights: attributeWeights,
                filter: filter,
                excluded: excluded,
                minimumScore: minimumScore
            )
        )
    }

    /// An embedding made ready to be compared.
    func comparable(_ embedding: Embedding) -> ComparableEmbedding {
        ComparableEmbedding(embedding, in: space, attributeWeights: attributeWeights)
    }
}

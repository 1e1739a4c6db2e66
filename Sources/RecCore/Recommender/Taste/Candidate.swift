/// A product that may be in an answer, with the evidence for its similarity.
struct Candidate: Sendable {
    let id: ProductID
    /// The similarity to the examples; greater is nearer.
    let similarity: Double
    /// The comparisons that add up to the similarity: one, or a like and the dislike that lowers it.
    let evidence: [Evidence]
    /// The product, when the search returned it.
    var product: Product?
    /// The embedding or a part of it, when the search returned it.
    var embedding: Embedding?

    /// Whether `self` comes before `other`: by similarity, greatest first, then by identifier.
    func precedes(_ other: Candidate) -> Bool {
        similarity == other.similarity ? id < other.id : similarity > other.similarity
    }
}

/// A comparison with one of the probes of a taste.
struct Evidence: Sendable {
    /// The position of the probe.
    let probe: Int
    /// The factor of its score in the similarity.
    let factor: Double
    /// The cosines of the score.
    let cosines: BlockCosines
}

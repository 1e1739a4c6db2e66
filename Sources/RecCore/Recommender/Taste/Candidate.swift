/// A product that may be in an answer, with what its similarity is made of.
struct Candidate: Sendable {
    let id: ProductID
    /// How near it is to what the examples want; greater is nearer.
    let similarity: Double
    /// The comparisons that the similarity is the sum of: one, or a like and the dislike that counts against it.
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
    /// What its score is multiplied by in the similarity.
    let factor: Double
    /// The cosines that the score is made of.
    let cosines: BlockCosines
}

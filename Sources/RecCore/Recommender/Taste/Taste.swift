/// What a query's examples want: how near a product is to it, and which products are nearest.
protocol Taste: Sendable {
    /// The first products in the order of their similarity: as many as are asked for, or all there are.
    ///
    /// A call with a greater count gives the same products first. Products that do not match `admissible` are left out.
    func candidates(count: Int, admissible: AttributeFilter?) throws -> [Candidate]

    /// How near an embedding is, or `nil` when it cannot be compared.
    func similarity(of embedding: ComparableEmbedding) -> Double?

    /// Why it is that near; `similarity` is what the index or ``similarity(of:)`` gave.
    func reasons(for embedding: ComparableEmbedding, similarity: Double) -> Reasons
}

/// A product that may be in an answer.
struct Candidate: Sendable {
    let id: ProductID
    let similarity: Double

    func precedes(_ other: Candidate) -> Bool {
        similarity == other.similarity ? id < other.id : similarity > other.similarity
    }
}

/// Why a product is as near to a taste as it is.
struct Reasons: Sendable {
    /// The cosines with the taste, or with the example that decided.
    var cosines: BlockCosines
    /// Parts that add up to the similarity.
    var parts: [ScorePart]
    /// The position, among the likes of the query, of the one that counted most.
    var like: Int?
}

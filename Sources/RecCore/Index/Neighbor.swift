/// One product of an answer.
public struct Neighbor: Sendable, Hashable {
    /// The identifier of the product.
    public let id: ProductID

    /// The similarity to the query; greater is nearer.
    public let score: Double

    /// The cosines that make up the score, one for each block; `nil` for a block that either side lacks.
    public let cosines: BlockCosines

    /// The product, when ``SearchQuery/contents`` asks for it.
    public var product: Product?

    /// The embedding, or the blocks of it that ``SearchQuery/contents`` asks for.
    public var embedding: Embedding?

    /// Creates a neighbour.
    public init(
        id: ProductID,
        score: Double,
        cosines: BlockCosines,
        product: Product? = nil,
        embedding: Embedding? = nil
    ) {
        self.id = id
        self.score = score
        self.cosines = cosines
        self.product = product
        self.embedding = embedding
    }
}

extension Neighbor {
    /// Whether `self` comes before `other` in an answer: by score, greatest first, then by identifier.
    package func precedes(_ other: Neighbor) -> Bool {
        score == other.score ? id < other.id : score > other.score
    }
}

extension Neighbor: CustomStringConvertible {
    /// Identifier, score and cosines in one line.
    public var description: String { "\(id) \(score) (\(cosines))" }
}

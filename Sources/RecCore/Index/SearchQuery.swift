/// One search: what to look for, how many, ranked how, and among which products.
public struct SearchQuery: Sendable {
    /// What to look for.
    public var embedding: Embedding

    /// How many neighbours are wanted: the answer has exactly the smaller of this and the number that match.
    public var count: Int

    /// How the cosines of the blocks become a score.
    public var fusion: any Fusion

    /// Which products may be in the answer; all when `nil`.
    public var filter: AttributeFilter?

    /// Products that must not be in the answer, whether or not they exist.
    public var excluded: Set<ProductID>

    /// The least score that an answer may have; any when `nil`.
    public var minimumScore: Double?

    /// Creates a query.
    public init(
        _ embedding: Embedding,
        count: Int = 10,
        fusion: any Fusion = WeightedFusion(),
        filter: AttributeFilter? = nil,
        excluded: Set<ProductID> = [],
        minimumScore: Double? = nil
    ) {
        self.embedding = embedding
        self.count = count
        self.fusion = fusion
        self.filter = filter
        self.excluded = excluded
        self.minimumScore = minimumScore
    }
}

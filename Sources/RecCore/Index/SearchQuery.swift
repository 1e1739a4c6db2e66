/// One search: what to look for, how many, ranked how, and among which products.
public struct SearchQuery: Sendable {
    /// What to look for.
    public var embedding: Embedding

    /// How many neighbours are wanted: the answer has exactly the smaller of this and the number that match.
    public var count: Int

    /// How the cosines of the blocks become a score.
    public var fusion: any Fusion

    /// Weights of attributes within the one-hot blocks, by name, that replace those of the index's space.
    ///
    /// Both sides are compared as if they had been encoded with these weights; 0 leaves an attribute out.
    public var attributeWeights: [String: Double]

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
        attributeWeights: [String: Double] = [:],
        filter: AttributeFilter? = nil,
        excluded: Set<ProductID> = [],
        minimumScore: Double? = nil
    ) {
        self.embedding = embedding
        self.count = count
        self.fusion = fusion
        self.attributeWeights = attributeWeights
        self.filter = filter
        self.excluded = excluded
        self.minimumScore = minimumScore
    }
}

extension SearchQuery {
    /// Checks what every index refuses, whatever products it holds.
    ///
    /// - Throws: ``RecCoreError``, as ``SimilarityIndex/neighbors(_:)`` says; but not for unknown attributes of the filter.
    /// - Complexity: O(number of blocks and attributes)
    public func validate(in space: EmbeddingSpace) throws(RecCoreError) {
        try space.validate(embedding)
        guard count >= 0 else {
            throw RecCoreError(.invalidQuery, "\(count) neighbours were asked for; the count must not be negative.")
        }
        guard minimumScore?.isNaN != true else {
            throw RecCoreError(.invalidQuery, "The least score is not a number.")
        }
        try space.validate(attributeWeights: attributeWeights)
    }
}

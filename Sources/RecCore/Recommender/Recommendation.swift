/// One product of a recommendation, with the reasons why it is there.
public struct Recommendation: Sendable, Hashable {
    /// Which product.
    public let id: ProductID

    /// What it is ranked by, greater first: ``similarity`` and boosts. ``parts`` add up to it.
    public let score: Double

    /// How near the product is to what is liked and disliked; `nil` for a pinned product that cannot be compared with it.
    public let similarity: Double?

    /// The cosines behind the similarity: with the profile of the examples, or with the example that decided
    /// (``ExampleStrategy/best``).
    public let cosines: BlockCosines

    /// What the score is made of: dense blocks, attributes, boosts; they add up to ``score`` but for rounding below 1e-6.
    public let parts: [ScorePart]

    /// The position, in ``RecommendationQuery/likes``, of the like that added most to the similarity; `nil` without likes.
    public let like: Int?

    /// The product behind that like; `nil` when it is no product of the index.
    public let because: ProductID?

    /// How many of a hundred random pairs of products are less similar than this product is to the taste; `nil` without a
    /// ``ScoreCalibration`` for the weights of the query.
    public let percentile: Double?

    /// Whether the product is there because the query pinned it.
    public let isPinned: Bool
}

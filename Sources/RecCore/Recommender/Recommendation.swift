/// One product of a recommendation, with the reasons why it is there.
public struct Recommendation: Sendable, Hashable {
    /// Which product.
    public let id: ProductID

    /// What it is ranked by, greater first: the similarity and all boosts.
    public let score: Double

    /// How near the product is to what is liked and disliked; `nil` for a pinned product that cannot be compared with it.
    public let similarity: Double?

    /// The cosines behind the similarity: with the profile of the examples, or with the example that decided
    /// (``ExampleStrategy/best``).
    public let cosines: BlockCosines

    /// What the score is made of: dense blocks, attributes, boosts; they add up to ``score`` but for the last digits.
    ///
    /// Empty unless ``RecommendationQuery/explains``.
    public let parts: [ScorePart]

    /// The position, in ``RecommendationQuery/likes``, of the like that added most to the similarity; `nil` without likes.
    ///
    /// `nil` unless ``RecommendationQuery/explains``.
    package let likeIndex: Int?

    /// The product behind that like; `nil` when it is no product of the index.
    public let because: ProductID?

    /// How many of a hundred random pairs of products are less similar than this product is to the taste.
    ///
    /// `nil` without a ``ScoreCalibration`` for the weights of the query, and for a ``ExampleStrategy/sum`` of several
    /// examples, which weighs blocks in its own way. A taste of several examples is no product: read it as roughly so.
    public let percentile: Double?

    /// Whether the product is there because the query pinned it.
    public let isPinned: Bool

    /// The product, when ``RecommendationQuery/contents`` asks for it.
    public let product: Product?

    /// The embedding, or the blocks of it that ``RecommendationQuery/contents`` asks for.
    public let embedding: Embedding?

    /// Whether the reasons were asked for.
    package let isExplained: Bool
}

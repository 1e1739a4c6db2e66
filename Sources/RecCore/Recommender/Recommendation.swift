/// One recommended product, with the reasons for its score.
public struct Recommendation: Sendable, Hashable {
    /// The identifier of the product.
    public let id: ProductID

    /// The score that ranks it, greatest first: the similarity plus all boosts.
    public let score: Double

    /// The similarity to the likes and dislikes; `nil` for a pinned product that cannot be compared with them.
    public let similarity: Double?

    /// The cosines behind the similarity: with the profile of the examples, or with the decisive example
    /// (``ExampleStrategy/best``).
    public let cosines: BlockCosines

    /// The parts of the score, from dense blocks, attributes and boosts; they add up to ``score`` except for rounding.
    ///
    /// Empty unless ``RecommendationQuery/explains``.
    public let parts: [ScorePart]

    /// The position, in ``RecommendationQuery/likes``, of the like that added most to the similarity; `nil` without likes.
    ///
    /// `nil` unless ``RecommendationQuery/explains``.
    package let likeIndex: Int?

    /// The liked product that added most to the similarity; `nil` when that like is not a product of the index.
    public let because: ProductID?

    /// The percentage of random pairs of products that are less similar than this product and the likes.
    ///
    /// `nil` without a ``ScoreCalibration`` for the weights of the query, and for a ``ExampleStrategy/sum`` of several
    /// examples, which weighs blocks in its own way. With several examples the percentile is approximate, since their
    /// profile is not a product.
    public let percentile: Double?

    /// Whether the product is there because the query pinned it.
    public let isPinned: Bool

    /// The product, when ``RecommendationQuery/contents`` asks for it.
    public let product: Product?

    /// The embedding, or the blocks of it that ``RecommendationQuery/contents`` asks for.
    public let embedding: Embedding?

    /// Whether the query requested reasons.
    package let isExplained: Bool
}

/// One question to a ``Recommender``: what is liked and disliked, and how the answer is shaped.
///
/// ```swift
/// var query = RecommendationQuery(likes: ["15970", "1163"], dislikes: ["39386"])
/// query.filter = .all([.has("gender", "Women"), .number("price", in: ..<50)])
/// query.diversity = 0.3
/// query.groupLimits = [GroupLimit(attribute: "model"), GroupLimit(attribute: "brand", count: 2)]
/// let answer = try recommender.recommend(query)
/// ```
/// The steps are taken in this order:
/// 1. The examples become one taste (``ExampleStrategy``), with older ones counting less (``halfLife``).
/// 2. Products are ranked by their similarity to it. Those that do not match ``filter``, are ``excluded`` or an example,
///    or stay below ``minimumSimilarity`` are out for good.
/// 3. ``boosts`` are added to the similarity, which gives the score, and products are put in the order of their scores; with
///    ``diversity``, in that of maximal marginal relevance. Both look at ``poolCount`` products at a time,
///    and with ``groupLimits`` at a quarter as many after the first.
/// 4. Products beyond one of the ``groupLimits`` are passed over.
/// 5. ``pinned`` products come before all others; they count in groups, but no limit leaves them out.
/// 6. The answer is the ``count`` products after the first ``offset``, or fewer, if there are fewer.
///
/// No step depends on ``offset`` and ``count``: pages follow each other without gaps or repetitions as long as the index
/// does not change (``SimilarityIndex/snapshot`` keeps a live one still).
public struct RecommendationQuery: Sendable {
    /// What is liked.
    public var likes: [Example]

    /// What is disliked; may be all there is.
    public var dislikes: [Example]

    /// How several examples become one score.
    public var strategy: ExampleStrategy

    /// The age at which an example counts half: its weight is multiplied by `2^(-age / halfLife)`; `nil` for no decay.
    public var halfLife: Duration?

    /// Whether examples that the index does not know, as products that were taken out of it, are passed over instead of
    /// being an error.
    public var ignoresUnknownExamples: Bool

    /// How many products are wanted: the answer has the smaller of this and what is possible.
    public var count: Int

    /// How many of the first products are left out, for the pages after the first.
    public var offset: Int

    /// How embeddings are compared; `nil` for the weighting of the recommender.
    public var weighting: Weighting?

    /// Which products may be in the answer, pinned ones included; all when `nil`.
    public var filter: AttributeFilter?

    /// Products that must not be in the answer: seen, bought, blocked, out of stock.
    public var excluded: Set<ProductID>

    /// Whether the products that are examples may be in the answer.
    public var includesExamples: Bool

    /// The least similarity, before any boost, that a product may have; pinned ones may have less.
    public var minimumSimilarity: Double?

    /// What is added to the similarities; names differ.
    public var boosts: [Boost]

    /// How much an answer values variety over similarity, from 0 to 1.
    ///
    /// The next product is the one with the greatest `(1 - diversity) * score - diversity * max(s(x, y))` over the products
    /// *y* before it (Carbonell and Goldstein, 1998): all those of its pool, and the last hundred before that.
    public var diversity: Double

    /// How many products, in the order of similarity, boosts and diversity may bring into another order.
    public var poolCount: Int

    /// How many products of an answer may be alike in an attribute; all limits hold.
    public var groupLimits: [GroupLimit]

    /// Products that come before all others, in this order, unless ``filter`` or ``excluded`` rules them out.
    ///
    /// They count in ``groupLimits``, which never leave them out.
    public var pinned: [ProductID]

    /// Whether each product comes with the reasons for its score.
    ///
    /// Without them ``Recommendation/parts`` is empty, ``Recommendation/because`` is `nil`, and the query costs less.
    public var explains: Bool

    /// What each product of the answer carries, so that nothing has to be looked up afterwards.
    public var contents: ProductContents

    /// Creates a query; everything but the examples can be set afterwards.
    public init(
        likes: [Example] = [],
        dislikes: [Example] = [],
        strategy: ExampleStrategy = .mean,
        count: Int = 10
    ) {
        self.likes = likes
        self.dislikes = dislikes
        self.strategy = strategy
        self.count = count
        halfLife = nil
        ignoresUnknownExamples = false
        offset = 0
        weighting = nil
        filter = nil
        excluded = []
        includesExamples = false
        minimumSimilarity = nil
        boosts = []
        diversity = 0
        poolCount = 100
        groupLimits = []
        pinned = []
        explains = true
        contents = .none
    }

    /// Where the page ends, however great the numbers are.
    var end: Int {
        let (sum, overflows) = offset.addingReportingOverflow(count)
        return overflows ? .max : sum
    }

    /// Whether boosts or diversity bring products into another order than that of their similarity.
    var reorders: Bool { !boosts.isEmpty || diversity > 0 }
}

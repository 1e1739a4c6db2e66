/// One query to a ``Recommender``: likes, dislikes and rules for the answer.
///
/// ```swift
/// var query = RecommendationQuery(likes: ["15970", "1163"], dislikes: ["39386"])
/// query.filter = .all([.has("gender", "Women"), .number("price", in: ..<50)])
/// query.diversity = 0.3
/// query.groupLimits = [GroupLimit(attribute: "model"), GroupLimit(attribute: "brand", count: 2)]
/// let answer = try recommender.recommend(query)
/// ```
/// A query is answered in these steps:
/// 1. The examples are combined (``ExampleStrategy``); older ones count less (``halfLife``).
/// 2. Products are ranked by their similarity to the examples. Those that do not match ``filter``, are ``excluded``,
///    are examples or stay below ``minimumSimilarity`` are dropped.
/// 3. The score is the similarity plus the ``boosts``. Products are ordered by score, or with ``diversity`` by maximal
///    marginal relevance. Both order ``poolCount`` products at a time; with ``groupLimits``, pools after the first have
///    a quarter as many.
/// 4. Products beyond one of the ``groupLimits`` are skipped.
/// 5. ``pinned`` products come before all others; they count in groups, but no limit leaves them out.
/// 6. The answer is the ``count`` products after the first ``offset``, or fewer if fewer remain.
///
/// No step depends on ``offset`` and ``count``, so pages have no gaps or repetitions as long as the index does not
/// change. Query a ``SimilarityIndex/snapshot`` of a live index.
public struct RecommendationQuery: Sendable {
    /// The likes.
    public var likes: [Example]

    /// The dislikes; a query may have dislikes alone.
    public var dislikes: [Example]

    /// The rule that combines several examples into one score.
    public var strategy: ExampleStrategy

    /// The age at which an example counts half: its weight is multiplied by `2^(-age / halfLife)`; `nil` for no decay.
    public var halfLife: Duration?

    /// Whether examples that are not in the index, such as removed products, are ignored; otherwise they throw.
    public var ignoresUnknownExamples: Bool

    /// The number of products wanted; the answer has fewer only if fewer are available.
    public var count: Int

    /// The number of first products to skip, for the pages after the first.
    public var offset: Int

    /// How embeddings are compared; `nil` for the weighting of the recommender.
    public var weighting: Weighting?

    /// A condition on the products of the answer, including pinned ones; `nil` for all products.
    public var filter: AttributeFilter?

    /// Products that must not be in the answer: seen, bought, blocked, out of stock.
    public var excluded: Set<ProductID>

    /// Whether the products that are examples may be in the answer.
    public var includesExamples: Bool

    /// The least similarity of a product, before boosts; pinned products may have less.
    public var minimumSimilarity: Double?

    /// The boosts to add to the similarities; their names are unique.
    public var boosts: [Boost]

    /// The weight of variety against similarity, from 0 to 1.
    ///
    /// The next product is the one with the greatest `(1 - diversity) * score - diversity * max(s(x, y))` over the products
    /// *y* before it (Carbonell and Goldstein, 1998): all those of its pool, and the last hundred before that.
    public var diversity: Double

    /// The number of most similar products that boosts and diversity reorder at a time.
    public var poolCount: Int

    /// Limits on products that share a value of an attribute; all of them apply.
    public var groupLimits: [GroupLimit]

    /// Products that come before all others, in this order, unless ``filter`` or ``excluded`` rules them out.
    ///
    /// They count in ``groupLimits`` but are never left out by them.
    public var pinned: [ProductID]

    /// Whether each product comes with the reasons for its score.
    ///
    /// Without them ``Recommendation/parts`` is empty, ``Recommendation/because`` is `nil`, and the query costs less.
    public var explains: Bool

    /// The contents of each product in the answer, to save a later look-up.
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

    /// The end of the page, without overflow.
    var end: Int {
        let (sum, overflows) = offset.addingReportingOverflow(count)
        return overflows ? .max : sum
    }

    /// Whether boosts or diversity change the order of similarity.
    var reorders: Bool { !boosts.isEmpty || diversity > 0 }
}

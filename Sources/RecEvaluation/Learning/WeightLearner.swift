public import RecCore
internal import RecMath

/// Learns how much each block and each attribute should count, from what is known to be relevant.
///
/// ```swift
/// let report = try await WeightLearner().learn(from: .sharing("articleType"), on: index)
/// print(report)
/// let recommender = Recommender(index: index, weighting: report.recommended)
/// ```
/// The queries are split by chance, with a seed, into those that weights are learned from and those that they are judged
/// by. From equal weights, one weight at a time is changed as long as the mean nDCG@k of the first grows. The others say
/// whether that is any better: when the bootstrap interval of the difference does not lie above zero, the verdict is
/// `noImprovement` and equal weights are recommended. See <doc:choosing-weights>.
///
/// Candidates come from the index: the nearest products by several weightings and by each attribute in turn, so that
/// those which other weights would find are among them.
public struct WeightLearner: Sendable {
    /// The number of places of an answer that count.
    public let k: Int

    /// How many candidates each weighting contributes for each query.
    public let poolCount: Int

    /// How many queries are drawn, at most.
    public let maximumQueryCount: Int

    /// The share of the queries that are learned from.
    public let fitShare: Double

    /// The block weights to begin with, which the learned ones are compared with.
    public let standard: BlockWeights

    /// Makes the intervals.
    public let bootstrap: Bootstrap

    /// Where the random numbers start that draw and split the queries.
    public let seed: UInt64

    /// The least number of queries that can be learned from and judged by.
    static let leastQueryCount = 20

    /// Creates a learner.
    ///
    /// - Precondition: `k` is from 1 to 1000, `poolCount` is not less than `k`, `maximumQueryCount` is greater than zero,
    ///   and `fitShare` lies between 0 and 1.
    public init(
        k: Int = 10,
        poolCount: Int = 50,
        maximumQueryCount: Int = 2000,
        fitShare: Double = 0.5,
        standard: BlockWeights = .standard,
        bootstrap: Bootstrap = Bootstrap(),
        seed: UInt64 = 0
    ) {
        precondition((1...1000).contains(k) && poolCount >= k, "k must be from 1 to 1000 and not exceed poolCount")
        precondition(maximumQueryCount > 0, "maximumQueryCount must be greater than zero")
        precondition(fitShare > 0 && fitShare < 1, "fitShare must lie between 0 and 1")
        self.k = k
        self.poolCount = poolCount
        self.maximumQueryCount = maximumQueryCount
        self.fitShare = fitShare
        self.standard = standard
        self.bootstrap = bootstrap
        self.seed = seed
    }

    /// Learns from judged products, or from an attribute as judge.
    ///
    /// - Parameters:
    ///   - relevance: What is relevant to what.
    ///   - index: The products.
    ///   - holdsOutJudge: What to do when the judge is an attribute of the metadata block. It would judge itself, so that is
    ///     an error by default; when this is `true`, the attribute takes no part and its learned weight is 0.
    ///   - queries: The products that queries are drawn from; all of the index when `nil`. Those that the index does not have,
    ///     or that nothing is relevant to, are left out.
    ///   - progress: Is told the share of the work that is done, from 0 to 1.
    /// - Returns: The weights, and how good they are on queries that they were not learned from.
    /// - Throws: `RecError`: `leakingJudge` as told above; `fittingFailed` when fewer than 20 queries have something
    ///   relevant; `invalidQuery` when a gain is negative or not finite, or the index has a single block or attribute to rank
    ///   by; `unknownAttribute` when no product has the judge; `invalidWeight` when ``standard`` has no weight for any block. What the index throws, and
    ///   `CancellationError` soon after the task was cancelled.
    /// - Complexity: O(queries · attributes) searches
    public func learn(
        from relevance: Relevance,
        on index: some SimilarityIndex,
        holdsOutJudge: Bool = false,
        queries: Set<ProductID>? = nil,
        progress: (@Sendable (Double) -> Void)? = nil
    ) async throws -> WeightLearningReport {
        let space = try PairSpace(index.space, judge: relevance.attribute, holdsOut: holdsOutJudge)
        let products = try await IndexedProducts(index)
        let judge = try await relevance.judge(products)
        let judged = products.ids.indices.filter { position in
            queries?.contains(products.ids[position]) ?? true
                && (judge.idealAnswer(to: position, count: 1)?.relevantCount ?? 0) > 0
        }
        let drawn = try draw(judged)
        var pools = CandidatePools(products: products, space: space, start: try space.equal(standard), count: poolCount)
        var tables: [PairTable] = []
        for (number, query) in drawn.enumerated() {
            try Task.checkCancellation()
            let ideal = judge.idealAnswer(to: query, count: k)?.gains ?? []
            tables.append(
                try await pools.table(for: query, idealGain: DiscountedGain.of(ideal)) { judge.gain(of: $0, to: query) }
            )
            if number.isMultiple(of: 16) { progress?(0.7 * Double(number) / Double(drawn.count)) }
        }
        return try learn(tables, space) { progress?(0.7 + 0.3 * $0) }
    }

    /// Learns from lists that were shown and what was clicked in them.
    ///
    /// The products of each list are ranked among themselves: nothing is said of products that were not shown. Lists in
    /// which nothing or everything was clicked tell nothing and are left out. Clicks favour what stood at the top, and this
    /// is not corrected; shuffle some of the lists that are shown if that matters.
    ///
    /// - Returns: The weights, and how good they are on lists of products that they were not learned from.
    /// - Throws: As ``learn(from:on:holdsOutJudge:queries:progress:)`` does; `unknownProduct` when a list names a product that
    ///   the index does not have, `invalidQuery` when a list shows a product twice or a clicked product was not shown.
    /// - Complexity: O(products shown)
    public func learn(
        from impressions: [ImpressionList],
        on index: some SimilarityIndex,
        progress: (@Sendable (Double) -> Void)? = nil
    ) async throws -> WeightLearningReport {
        let space = try PairSpace(index.space, judge: nil, holdsOut: false)
        let products = try await IndexedProducts(index)
        for list in impressions { try list.validate(in: products) }
        // Lists of one query stay together, on one side of the split.
        let telling = impressions.filter { $0.clicked.count > 0 && $0.clicked.count < $0.shown.count }
        let byQuery = Dictionary(grouping: telling) { products[$0.query] ?? 0 }
        var pools = CandidatePools(products: products, space: space, start: try space.equal(standard), count: poolCount)
        var groups: [[PairTable]] = []
        let drawn = try draw(byQuery.keys.sorted())
        for (number, query) in drawn.enumerated() {
            try Task.checkCancellation()
            var tables: [PairTable] = []
            for list in byQuery[query] ?? [] {
                let gains = [Double](repeating: 1, count: min(list.clicked.count, k))
                tables.append(
                    try await pools.table(
                        for: query,
                        candidates: list.shown.compactMap { products[$0] },
                        idealGain: DiscountedGain.of(gains)
                    ) { list.clicked.contains(products.ids[$0]) ? 1 : 0 }
                )
            }
            groups.append(tables)
            progress?(0.7 * Double(number) / Double(drawn.count))
        }
        return try learn(groups, space) { progress?(0.7 + 0.3 * $0) }
    }

    private func learn(
        _ tables: [PairTable],
        _ space: PairSpace,
        _ progress: (Double) -> Void
    ) throws -> WeightLearningReport {
        try learn(tables.map { [$0] }, space, progress)
    }

    /// Learns from the first queries and judges by the others.
    private func learn(
        _ queries: [[PairTable]],
        _ space: PairSpace,
        _ progress: (Double) -> Void
    ) throws -> WeightLearningReport {
        let equal = try space.equal(standard)
        let fitCount = min(max(Int((Double(queries.count) * fitShare).rounded()), 1), queries.count - 1)
        let ascent = CoordinateAscent(
            tables: Array(queries[..<fitCount].joined()),
            k: k,
            leastGain: 1e-4,
            fixed: space.fixed(equal)
        )
        let learned = try ascent.climb(from: equal, progress: progress)
        let heldOut = Array(queries[fitCount...])
        let columns = [equal, learned].flatMap { weights in
            let answers = heldOut.map { tables in tables.map { (table: $0, gains: $0.answer(weights, k: k)) } }
            return [
                answers.map { $0.map { DiscountedGain.ndcg($0.gains, ideal: $0.table.idealGain) }.mean ?? 0 },
                answers.map { $0.map { RankingMetrics.precision($0.gains, at: k) }.mean ?? 0 },
            ]
        }
        let estimates = try bootstrap.estimates(of: columns + [zip(columns[2], columns[0]).map { $0 - $1 }])
        return WeightLearningReport(
            learned: try space.named(learned),
            equal: try space.named(equal),
            fitCount: fitCount,
            heldOutCount: heldOut.count,
            k: k,
            equalQuality: .init(ndcg: estimates[0], precision: estimates[1]),
            learnedQuality: .init(ndcg: estimates[2], precision: estimates[3]),
            gain: estimates[4]
        )
    }

    /// Draws queries in random order.
    ///
    /// - Throws: `RecError` with code `fittingFailed` when there are too few.
    private func draw(_ queries: [Int]) throws -> [Int] {
        guard queries.count >= Self.leastQueryCount, maximumQueryCount >= Self.leastQueryCount else {
            throw RecError(
                .fittingFailed,
                "\(min(queries.count, maximumQueryCount)) queries have something relevant; \(Self.leastQueryCount) are "
                    + "needed at least to learn from some and judge by the others."
            )
        }
        var random = SplitMix64(seed: seed)
        var queries = queries
        let count = min(maximumQueryCount, queries.count)
        for position in 0..<count {
            queries.swapAt(position, position + random.next(below: queries.count - position))
        }
        return Array(queries.prefix(count))
    }
}

extension ImpressionList {
    /// Checks that the index has all products, and that what was clicked was shown.
    fileprivate func validate(in products: IndexedProducts) throws {
        for id in [query] + shown where products[id] == nil {
            throw RecError(.unknownProduct, "No product of the index has the id '\(id)', which a list names.")
        }
        guard Set(shown).count == shown.count else {
            throw RecError(.invalidQuery, "The list for '\(query)' shows a product twice.")
        }
        if let id = clicked.sorted().first(where: { !shown.contains($0) }) {
            throw RecError(.invalidQuery, "The list for '\(query)' has '\(id)' clicked, which was not shown.")
        }
    }
}

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
/// by. From equal weights, one weight at a time is changed as long as the mean nDCG of the first grows. The others say
/// whether that is any better: when the bootstrap interval of the difference does not lie above zero, the verdict is
/// `noImprovement` and equal weights are recommended. See <doc:choosing-weights>.
///
/// Candidates come from the index: the nearest products by several weightings and by each attribute in turn, so that
/// those which other weights would find are among them.
public struct WeightLearner: Sendable {
    /// The number of places of an answer that count, from 1 to 1000.
    public var count: Int

    /// How many candidates each weighting contributes for each query; not less than ``count``.
    public var candidates: Int

    /// How many queries are drawn, at most; 1 or more.
    public var sample: Int

    /// The share of the queries that are learned from; above 0 and below 1.
    public var fitShare: Double

    /// The block weights to begin with, which the learned ones are compared with.
    public var standard: BlockWeights

    /// Makes the intervals.
    public var bootstrap: Bootstrap

    /// Where the random numbers start that draw and split the queries.
    public var seed: UInt64

    /// The least number of queries that can be learned from and judged by.
    static let leastQueryCount = 20

    /// Creates a learner; the settings are checked when it is used.
    public init(
        count: Int = 10,
        candidates: Int = 50,
        sample: Int = 2000,
        fitShare: Double = 0.5,
        standard: BlockWeights = .standard,
        bootstrap: Bootstrap = Bootstrap(),
        seed: UInt64 = 0
    ) {
        self.count = count
        self.candidates = candidates
        self.sample = sample
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
    ///   - progress: Gets the percentage of the work that is done.
    /// - Returns: The weights, and how good they are on queries that they were not learned from.
    /// - Throws: `RecError`: `leakingJudge` as told above; `fittingFailed` when fewer than 20 queries have something
    ///   relevant; `invalidQuery` when a gain is negative or not finite, or the index has a single block or attribute to rank
    ///   by; `unknownAttribute` when no product has the judge; `invalidWeight` when ``standard`` has no weight for any block;
    ///   `invalidSetting` when a setting is out of its range. What the index throws, and `CancellationError` soon after
    ///   the task was cancelled.
    /// - Complexity: O(queries · attributes) searches
    @concurrent
    public func learn(
        from relevance: Relevance,
        on index: some SimilarityIndex,
        holdsOutJudge: Bool = false,
        queries: Set<ProductID>? = nil,
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) async throws -> WeightLearningReport {
        try validate()
        let reporter = ProgressReporter("learning", total: 100, to: progress)
        let space = try PairSpace(index.space, judge: relevance.attribute, holdsOut: holdsOutJudge)
        let products = try await IndexedProducts(index)
        let judge = try await relevance.judge(products)
        let judged = products.ids.indices.filter { position in
            queries?.contains(products.ids[position]) ?? true
                && (judge.idealAnswer(to: position, count: 1)?.relevantCount ?? 0) > 0
        }
        let drawn = try draw(judged)
        var pools = CandidatePools(
            products: products,
            space: space,
            start: try space.equal(standard),
            count: candidates
        )
        var tables: [PairTable] = []
        for (number, query) in drawn.enumerated() {
            try Task.checkCancellation()
            let ideal = judge.idealAnswer(to: query, count: count)?.gains ?? []
            tables.append(
                try await pools.table(for: query, idealGain: DiscountedGain.of(ideal)) { judge.gain(of: $0, to: query) }
            )
            if number.isMultiple(of: 16) { reporter.report(done: 70 * number / drawn.count) }
        }
        return try learn(tables.map { [$0] }, space, reporter)
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
    @concurrent
    public func learn(
        from impressions: [ImpressionList],
        on index: some SimilarityIndex,
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) async throws -> WeightLearningReport {
        try validate()
        let reporter = ProgressReporter("learning", total: 100, to: progress)
        let space = try PairSpace(index.space, judge: nil, holdsOut: false)
        let products = try await IndexedProducts(index)
        for list in impressions { try list.validate(in: products) }
        // Lists of one query stay together, on one side of the split.
        let telling = impressions.filter { $0.clicked.count > 0 && $0.clicked.count < $0.shown.count }
        let byQuery = Dictionary(grouping: telling) { products[$0.query] ?? 0 }
        var pools = CandidatePools(
            products: products,
            space: space,
            start: try space.equal(standard),
            count: candidates
        )
        var groups: [[PairTable]] = []
        let drawn = try draw(byQuery.keys.sorted())
        for (number, query) in drawn.enumerated() {
            try Task.checkCancellation()
            var tables: [PairTable] = []
            for list in byQuery[query] ?? [] {
                let gains = [Double](repeating: 1, count: min(list.clicked.count, count))
                tables.append(
                    try await pools.table(
                        for: query,
                        candidates: list.shown.compactMap { products[$0] },
                        idealGain: DiscountedGain.of(gains)
                    ) { list.clicked.contains(products.ids[$0]) ? 1 : 0 }
                )
            }
            groups.append(tables)
            reporter.report(done: 70 * number / drawn.count)
        }
        return try learn(groups, space, reporter)
    }

    /// Learns from the first queries and judges by the others.
    private func learn(
        _ queries: [[PairTable]],
        _ space: PairSpace,
        _ reporter: ProgressReporter
    ) throws -> WeightLearningReport {
        let equal = try space.equal(standard)
        let fitCount = min(max(Int((Double(queries.count) * fitShare).rounded()), 1), queries.count - 1)
        let ascent = CoordinateAscent(
            tables: Array(queries[..<fitCount].joined()),
            k: count,
            leastGain: 1e-4,
            fixed: space.fixed(equal)
        )
        let learned = try ascent.climb(from: equal) { reporter.report(done: 70 + Int(29 * $0)) }
        let heldOut = Array(queries[fitCount...])
        let columns = [equal, learned].flatMap { weights in
            let answers = heldOut.map { tables in tables.map { (table: $0, gains: $0.answer(weights, k: count)) } }
            return [
                answers.map { $0.map { DiscountedGain.ndcg($0.gains, ideal: $0.table.idealGain) }.mean ?? 0 },
                answers.map { $0.map { RankingMetrics.precision($0.gains, at: count) }.mean ?? 0 },
            ]
        }
        let estimates = try bootstrap.estimates(of: columns + [zip(columns[2], columns[0]).map { $0 - $1 }])
        reporter.report(done: 100)
        return WeightLearningReport(
            learned: try space.named(learned),
            equal: try space.named(equal),
            fitCount: fitCount,
            heldOutCount: heldOut.count,
            count: count,
            equalQuality: .init(ndcg: estimates[0], precision: estimates[1]),
            learnedQuality: .init(ndcg: estimates[2], precision: estimates[3]),
            gain: estimates[4]
        )
    }

    /// Checks the documented ranges.
    private func validate() throws(RecError) {
        func invalid(_ reason: String) -> RecError { RecError(.invalidSetting, "The learner's \(reason).") }
        guard (1...1000).contains(count) else { throw invalid("count is \(count); it must be from 1 to 1000") }
        guard candidates >= count else {
            throw invalid("candidates are \(candidates), which is less than the \(count) places of an answer")
        }
        guard sample > 0 else { throw invalid("sample is \(sample); it must be 1 or more") }
        guard fitShare > 0, fitShare < 1 else {
            throw invalid("fitShare is \(fitShare); it must be above 0 and below 1")
        }
        try bootstrap.validate()
    }

    /// Draws queries in random order.
    ///
    /// - Throws: `RecError` with code `fittingFailed` when there are too few.
    private func draw(_ queries: [Int]) throws -> [Int] {
        guard queries.count >= Self.leastQueryCount, sample >= Self.leastQueryCount else {
            throw RecError(
                .fittingFailed,
                "\(min(queries.count, sample)) queries have something relevant; \(Self.leastQueryCount) are "
                    + "needed at least to learn from some and judge by the others."
            )
        }
        var random = SplitMix64(seed: seed)
        var queries = queries
        let count = min(sample, queries.count)
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

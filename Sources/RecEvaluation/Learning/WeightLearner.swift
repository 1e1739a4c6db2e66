public import RecCore
internal import RecMath

/// Learns the weights of blocks and attributes from known relevance.
///
/// ```swift
/// let report = try await WeightLearner().learn(from: .sharing("articleType"), on: index)
/// print(report)
/// let recommender = Recommender(index: index, weighting: report.recommended)
/// ```
/// The queries are split at random, with a seed, into a training set and a test set. Starting from equal weights, the
/// learner changes one weight at a time while the mean nDCG of the training set grows. Then it compares the weights on
/// the test set: if the bootstrap interval of the difference does not lie above zero, the verdict is `noImprovement`
/// and equal weights are recommended. See <doc:choosing-weights>.
///
/// The candidates of a query are the nearest products by several weightings and by each attribute in turn, so that they
/// include products that other weights would find.
public struct WeightLearner: Sendable {
    package var count: Int
    package var candidates: Int
    package var sample: Int
    package var fitShare: Double
    package var standard: BlockWeights
    package var bootstrap: Bootstrap
    package var seed: UInt64

    /// The least number of queries for training and testing.
    static let leastQueryCount = 20

    /// Creates a learner; the settings are checked when it is used.
    ///
    /// - Parameters:
    ///   - count: The number of places of an answer that count, from 1 to 1000.
    ///   - candidates: The number of candidates from each weighting for each query; not less than `count`.
    ///   - sample: The greatest number of queries to draw; 1 or more.
    ///   - fitShare: The share of the queries in the training set; above 0 and below 1.
    ///   - standard: The initial block weights, which are also the baseline of the comparison.
    ///   - bootstrap: The settings of the confidence intervals.
    ///   - seed: The seed for drawing and splitting the queries.
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

    /// Learns from judgements, or from an attribute that defines relevance.
    ///
    /// - Parameters:
    ///   - relevance: The definition of relevance.
    ///   - index: The index of the products.
    ///   - holdsOutJudge: Whether to exclude a relevance attribute that is part of the metadata block. If `false`, such
    ///     an attribute is an error, because it would affect the score that it evaluates; if `true`, its learned weight
    ///     is 0.
    ///   - queries: The products that queries are drawn from; all of the index when `nil`. Products that are not in the
    ///     index, or that have no relevant products, are left out.
    ///   - progress: Gets the percentage of finished work.
    /// - Returns: The weights, and their quality on the test set.
    /// - Throws: `RecError`: `leakingJudge` when the relevance attribute is part of the metadata block and not held
    ///   out; `fittingFailed` when fewer than 20 queries have relevant products; `invalidQuery` when a gain is negative
    ///   or not finite, or the index has a single block or attribute to rank by; `unknownAttribute` when no product has
    ///   the relevance attribute; `invalidWeight` when `standard` has no weight for any block; `invalidSetting` when
    ///   a setting is out of its range. Also the errors of the index, and `CancellationError` soon after the task is
    ///   cancelled.
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

    /// Learns from displayed lists and the clicks in them.
    ///
    /// The products of each list are ranked among themselves; other products are ignored. Lists without clicks, or with
    /// all products clicked, carry no information and are left out. Clicks favour the top of a list, and the learner
    /// does not correct this position bias. If it matters, shuffle some of the lists that you show.
    ///
    /// - Returns: The weights, and their quality on the lists of the test set.
    /// - Throws: As ``learn(from:on:holdsOutJudge:queries:progress:)`` does; `unknownProduct` when a product of a list
    ///   is not in the index, `invalidQuery` when a list shows a product twice or a clicked product was not shown.
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
        // All lists of one query are on the same side of the split.
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

    /// Learns from the first queries and tests on the others.
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
    /// Checks that the index has all products, and that each clicked product was shown.
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

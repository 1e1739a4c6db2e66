public import RecCore
internal import RecMath

/// Measures the quality of an index's answers, with its own products as queries.
///
/// ```swift
/// let evaluation = Evaluation(.sharing("articleType"), count: 10)
/// let report = try await evaluation.run(on: index, threads: 4)
/// print(report.mean(.precision), report.exposure.coverage)
/// ```
/// Each product is a query for its neighbours, without itself, and ``Relevance`` rates each neighbour. Means are over
/// the queries that have relevant products; the report counts the others. An empty answer counts as one without
/// relevant products, so that all systems are evaluated on the same queries. An answer is empty, for example, when only
/// pictures are compared and the product has none.
///
/// The attribute that defines relevance must not affect the score: the search would find products *because* they share
/// it. The evaluation throws in that case, unless the attribute is in `heldOut`. Beware of dependent attributes, too:
/// the type of a product determines its category.
public struct Evaluation: Sendable {
    package var relevance: Relevance
    package var count: Int
    package var sample: Int?
    package var seed: UInt64
    package var heldOut: Set<String>

    /// Creates an evaluation; the settings are checked when it is used.
    ///
    /// - Parameters:
    ///   - relevance: The definition of relevance.
    ///   - count: The number of neighbours in an answer, the *k* of the metrics; 1 or more.
    ///   - sample: The number of queries to draw at random, 1 or more; all products when `nil` or when there are no
    ///     more.
    ///   - seed: The seed of the random sample.
    ///   - heldOut: Attributes of the metadata block that the evaluation leaves out of the score. They are compared with
    ///     weight 0 (`Weighting.attributes`). A name that no block has is ignored.
    public init(
        _ relevance: Relevance,
        count: Int = 10,
        sample: Int? = nil,
        seed: UInt64 = 0,
        heldOut: Set<String> = []
    ) {
        self.relevance = relevance
        self.count = count
        self.sample = sample
        self.seed = seed
        self.heldOut = heldOut
    }

    /// Evaluates one weighting.
    ///
    /// - Parameters:
    ///   - index: The index; its products are the queries and the answers. A live index is evaluated in its present
    ///     state.
    ///   - weighting: The weighting that compares embeddings.
    ///   - threads: The number of batches of products that are processed at the same time; as a rule the number of
    ///     cores. It does not affect the result.
    ///   - progress: Gets the number of finished products.
    /// - Returns: The measures.
    /// - Throws: `RecError` with code `unknownAttribute` when no product has the relevance attribute, `leakingJudge`
    ///   when that attribute affects the score, `invalidSetting` when a setting is out of its range;
    ///   `CancellationError` soon after the task is cancelled; the errors of `SimilarityIndex.search(_:)`.
    /// - Complexity: O(*n*) queries
    @concurrent
    public func run(
        on index: some SimilarityIndex,
        weighting: Weighting = .standard,
        threads: Int = 1,
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) async throws -> EvaluationReport {
        let system = System("", weighting)
        let reports = try await run([system], on: index, threads: threads, progress: progress)
        return reports[0]
    }

    /// Evaluates several systems on the same queries, one after another.
    ///
    /// - Returns: One report for each system, in the same order.
    func run(
        _ systems: [System],
        on index: some SimilarityIndex,
        threads: Int,
        progress: (@Sendable (WorkProgress) -> Void)?
    ) async throws -> [EvaluationReport] {
        try validate(threads: threads)
        for system in systems {
            try index.space.validate(system.weighting)
            try refuseLeak(system, in: index.space)
        }
        let products = try await IndexedProducts(index)
        let judge = try await relevance.judge(products)
        let asked = sampled(products.ids)
        let held = heldOutWeights(in: index.space)
        let reporter = ProgressReporter("evaluating", total: systems.count * asked.count, to: progress)
        var reports: [EvaluationReport] = []
        for (number, system) in systems.enumerated() {
            var weighting = system.weighting
            weighting.attributes.merge(held) { $1 }
            let measurement = AnswerMeasurement(products: products, judge: judge, count: count, weighting: weighting)
            var tally = EvaluationTally(products: products, count: count, valueCount: judge.valueCount)
            try await ProductBatches(ids: asked, threads: threads, space: index.space).process { part in
                try await measurement(part)
            } receive: { measured, done in
                for answer in measured { tally.add(answer) }
                reporter.report(done: number * asked.count + done)
            }
            reports.append(tally.report)
        }
        return reports
    }

    /// Checks the documented ranges.
    private func validate(threads: Int) throws(RecError) {
        let settings = [("count", count), ("sample", sample ?? 1), ("threads", threads)]
        if let (name, value) = settings.first(where: { $0.1 < 1 }) {
            throw RecError(.invalidSetting, "The evaluation's \(name) is \(value); it must be 1 or more.")
        }
    }

    /// Throws when the relevance attribute affects the score.
    private func refuseLeak(_ system: System, in space: EmbeddingSpace) throws(RecError) {
        guard let judge = relevance.attribute, !heldOut.contains(judge) else { return }
        for block in space.blocks {
            guard let attributes = block.attributes,
                system.weighting.fusion != nil || system.weighting.blocks[block.name] > 0,
                attributes.attributes.contains(where: { $0.name == judge && system.weight(of: $0) > 0 })
            else { continue }
            throw RecError(
                .leakingJudge,
                "The attribute '\(judge)' takes part in the score by the block '\(block.name)', so it cannot judge it. "
                    + "Index without the attribute, hold it out, give the block the weight 0, or judge by another one."
            )
        }
    }

    /// Weight 0 for each held-out attribute.
    private func heldOutWeights(in space: EmbeddingSpace) -> [String: Double] {
        let known = space.blocks.flatMap { $0.attributes?.attributes.map(\.name) ?? [] }
        return Dictionary(heldOut.intersection(known).map { ($0, 0) }) { first, _ in first }
    }

    /// The queries, in the same order: each set of that size is equally likely (Knuth's algorithm S).
    private func sampled(_ ids: [ProductID]) -> [ProductID] {
        guard let sample, sample < ids.count else { return ids }
        var random = SplitMix64(seed: seed)
        var wanted = sample
        return ids.enumerated().compactMap { position, id in
            guard random.next(below: ids.count - position) < wanted else { return nil }
            wanted -= 1
            return id
        }
    }
}

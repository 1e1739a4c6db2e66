public import RecCore
internal import RecMath

/// Measures how good the answers of an index are, with its own products as queries.
///
/// ```swift
/// let evaluation = Evaluation(.sharing("articleType"), count: 10)
/// let report = try await evaluation.run(on: index, threads: 4)
/// print(report.mean(.precision), report.exposure.coverage)
/// ```
/// Each product is asked for its neighbours, itself left out, and an answer is judged product by product
/// (``Relevance``). Means are over the products that something is relevant to; the others are counted in the report. An
/// empty answer, as when a product has no picture and pictures alone are compared, counts as one in which nothing is
/// relevant, so that all systems are judged on the same queries.
///
/// An attribute that takes part in the score must not judge it: products would be found *because* they share the
/// attribute that is then counted. Such a judge is refused unless the attribute is in ``heldOut``. Beware of attributes
/// that follow from one another, too: the category of a product gives its type away.
public struct Evaluation: Sendable {
    /// What makes a product relevant to another one.
    public var relevance: Relevance

    /// How many neighbours an answer has, 1 or more: the *k* of the metrics.
    public var count: Int

    /// How many products are asked, drawn at random, 1 or more; all when `nil` or when there are no more.
    public var sample: Int?

    /// Where the random numbers that draw the sample start.
    public var seed: UInt64

    /// Attributes that take no part in the score while it is measured, though the metadata block has them.
    ///
    /// Both sides are compared as if the attributes had the weight 0 (`Weighting.attributes`). A name that no block
    /// has changes nothing.
    public var heldOut: Set<String>

    /// Creates an evaluation; the settings are checked when it is used.
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

    /// Measures one way to rank.
    ///
    /// - Parameters:
    ///   - index: The index whose products are asked and answer; of a live index, as it is now.
    ///   - weighting: How embeddings are compared.
    ///   - threads: The number of batches of products that are worked on at the same time; as a rule the number of cores.
    ///     The result does not depend on it.
    ///   - progress: Gets the number of products that are done.
    /// - Returns: What was measured.
    /// - Throws: `RecError` with code `unknownAttribute` when no product has the attribute that judges,
    ///   `leakingJudge` when it takes part in the score, `invalidSetting` when a setting is out of its range;
    ///   `CancellationError` soon after the task was cancelled; and as `SimilarityIndex.search(_:)` does.
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

    /// Measures several ways to rank on the same queries, one after another.
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
            var tally = EvaluationTally(products: products, count: count)
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

    /// Refuses an attribute as the judge of a score that it takes part in.
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

    /// The weight 0 for each attribute that is held out.
    private func heldOutWeights(in space: EmbeddingSpace) -> [String: Double] {
        let known = space.blocks.flatMap { $0.attributes?.attributes.map(\.name) ?? [] }
        return Dictionary(heldOut.intersection(known).map { ($0, 0) }) { first, _ in first }
    }

    /// The products that are asked, in the same order: each set of so many is equally likely (Knuth's algorithm S).
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

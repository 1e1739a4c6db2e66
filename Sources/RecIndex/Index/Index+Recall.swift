public import RecCore

extension Index {
    /// The share of the exact answers that an effort finds, measured with products of the index as queries.
    ///
    /// A product of the answer counts as found when its score reaches that of the last one of the exact answer, so that
    /// products of equal score are interchangeable.
    ///
    /// - Parameters:
    ///   - effort: The effort to measure.
    ///   - count: The number of neighbours.
    ///   - sample: The number of queries; all products when there are no more.
    ///   - weighting: How embeddings are compared.
    /// - Returns: The mean recall, from 0 to 1; 1 for an index without products.
    /// - Throws: As ``neighbors(_:)`` does; `CancellationError` soon after the task is cancelled.
    /// - Complexity: O(*n*) and that of 2 * *sample* queries
    package func recall(
        of effort: SearchEffort,
        count: Int = 10,
        sample: Int = 200,
        weighting: Weighting = .standard
    ) throws -> Double {
        try measuredRecall(of: effort, count: count, sample: sample, weighting: weighting)
    }

    /// The least effort of a fixed ladder that reaches a recall on a sample; measured off the caller's actor.
    ///
    /// A product of the answer counts as found when its score reaches that of the last one of the exact answer, so that
    /// products of equal score are interchangeable.
    ///
    /// - Parameters:
    ///   - recall: The share of the exact answers that must be found, from 0 to 1.
    ///   - count: The number of neighbours.
    ///   - sample: The number of queries; all products when there are no more.
    ///   - weighting: How embeddings are compared.
    ///   - progress: Gets the number of finished queries.
    /// - Returns: The effort and its measured recall; ``SearchEffort/exact`` and 1 when no lower effort reaches it.
    /// - Throws: `RecError` with code `invalidSetting` for a recall or a sample out of range, and as ``neighbors(_:)``
    ///   does; `CancellationError` soon after the task is cancelled.
    @concurrent
    public func leastEffort(
        forRecall recall: Double,
        count: Int = 10,
        sample: Int = 200,
        weighting: Weighting = .standard,
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) async throws -> (effort: SearchEffort, recall: Double) {
        try measuredEffort(forRecall: recall, count: count, sample: sample, weighting: weighting, progress)
    }

    /// Does the same on the calling thread.
    package func leastEffort(
        forRecall recall: Double,
        count: Int = 10,
        sample: Int = 200,
        weighting: Weighting = .standard
    ) throws -> (effort: SearchEffort, recall: Double) {
        try measuredEffort(forRecall: recall, count: count, sample: sample, weighting: weighting)
    }

    private func measuredEffort(
        forRecall recall: Double,
        count: Int,
        sample: Int,
        weighting: Weighting,
        _ progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) throws -> (effort: SearchEffort, recall: Double) {
        guard (0...1).contains(recall) else {
            throw RecError(.invalidSetting, "The recall is \(recall); it must be from 0 to 1.")
        }
        let ladder = effortLadder
        let queries = max(min(sample, self.count), 0)
        let reporter = ProgressReporter("recall", total: ladder.count * queries, to: progress)
        for (rung, effort) in ladder.enumerated() {
            let measured = try measuredRecall(of: effort, count: count, sample: sample, weighting: weighting) { done in
                reporter.report(done: rung * queries + done)
            }
            guard measured >= recall else { continue }
            reporter.report(done: ladder.count * queries)
            return (effort, measured)
        }
        return (.exact, 1)
    }

    private func measuredRecall(
        of effort: SearchEffort,
        count: Int,
        sample: Int,
        weighting: Weighting,
        _ report: (Int) -> Void = { _ in }
    ) throws -> Double {
        guard sample > 0 else {
            throw RecError(.invalidSetting, "A sample of \(sample) products tells nothing; it must be one at least.")
        }
        var measured = self
        measured.effort = effort
        var reference = self
        reference.effort = .exact
        let sample = min(sample, self.count)
        let ids = parts.page(after: nil, count: self.count)
        var sum = 0.0
        var queries = 0
        for number in 0..<sample {
            try Task.checkCancellation()
            defer { report(number + 1) }
            // Evenly spaced, so that the same index gives the same figure.
            let id = ids[number * self.count / sample]
            guard let embedding = try embedding(of: id), !embedding.blocks.isEmpty else { continue }
            let query = SearchQuery(embedding, count: count, weighting: weighting, excluded: [id])
            let exact = try reference.neighbors(query)
            guard let last = exact.last else { continue }
            let found = try measured.neighbors(query).count { $0.score >= last.score }
            sum += Double(found) / Double(exact.count)
            queries += 1
        }
        return queries == 0 ? 1 : sum / Double(queries)
    }

    /// Efforts from the lowest to the highest.
    private var effortLadder: [SearchEffort] {
        let shares = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map { SearchEffort.bounded(share: $0) }
        // Bounds have to be compared with all lists; probing pays when these are many.
        guard count >= 200_000 else { return shares }
        let probing = [30, 15, 10].flatMap { part in
            [300, 1000, 2000].map { SearchEffort.probing(products: count / part, candidates: $0) }
        }
        return probing + shares
    }
}

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
    ) async throws -> Double {
        try await RecallMeasurement(count: count, sample: sample, weighting: weighting)
            .recall(of: with(effort), exact: with(.exact))
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
        let measurement = RecallMeasurement(count: count, sample: sample, weighting: weighting)
        let ladder = effortLadder.map { (effort: $0, index: with($0)) }
        return try await measurement.least(reaching: recall, of: ladder, exact: with(.exact), progress: progress)
            ?? (.exact, 1)
    }

    private func with(_ effort: SearchEffort) -> Index {
        var index = self
        index.effort = effort
        return index
    }

    /// Efforts from the lowest to the highest.
    private var effortLadder: [SearchEffort] {
        let shares = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map { SearchEffort.bounded(share: $0) }
        let navigating = [12, 16, 20, 24, 32, 48, 64, 96, 128, 192, 256].map { SearchEffort.navigating(candidates: $0) }
        if hasGraph { return navigating + shares }
        // Bounds have to be compared with all lists; probing pays when these are many.
        guard count >= 200_000 else { return shares }
        let probing = [30, 15, 10].flatMap { part in
            [300, 1000, 2000].map { SearchEffort.probing(products: count / part, candidates: $0) }
        }
        return probing + shares
    }
}

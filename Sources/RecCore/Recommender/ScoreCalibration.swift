internal import RecMath

/// The distribution of scores in a catalogue, measured on random pairs of its products.
///
/// Raw cosines of a network's features are mostly high, so 0.7 may be a poor match. A percentile is the percentage of
/// random pairs that are less similar:
/// ```swift
/// let calibration = try await ScoreCalibration(of: index)
/// query.minimumSimilarity = calibration.score(atPercentile: 99)
/// ```
/// A calibration is valid for one weighting of blocks and attributes.
public struct ScoreCalibration: Sendable {
    /// The scores of the pairs, ascending.
    package let scores: [Double]

    private let weighting: Weighting
    /// The weights of the attributes of each one-hot block.
    private let attributeWeights: [[Double]]

    /// Pairs whose products are fetched together.
    private static let batchSize = 256

    /// Measures random pairs of different products.
    ///
    /// - Parameters:
    ///   - index: The catalogue.
    ///   - weighting: How embeddings are compared.
    ///   - pairs: The number of pairs to draw; those that cannot be compared do not count.
    ///   - seed: The same seed gives the same pairs.
    ///   - progress: Gets the progress of the measurement.
    /// - Throws: ``RecError`` for weights that do not fit, with code `invalidSetting` when `pairs` is less than 1; the
    ///   errors of the index; `CancellationError` soon after the task is cancelled.
    /// - Complexity: O(*n* + *pairs* · (dimension + log *pairs*))
    public init(
        of index: some SimilarityIndex,
        weighting: Weighting = .standard,
        pairs: Int = 5000,
        seed: UInt64 = 0,
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) async throws {
        guard pairs > 0 else { throw RecError(.invalidSetting, "'pairs' is \(pairs); it must be at least 1.") }
        let index = index.snapshot
        try index.space.validate(weighting)
        self.weighting = weighting
        attributeWeights = index.space.attributeWeights(weighting)
        scores = try await Self.scores(of: index, weighting, pairs, seed, progress).sorted()
    }

    @concurrent private static func scores(
        of index: some SimilarityIndex,
        _ weighting: Weighting,
        _ pairs: Int,
        _ seed: UInt64,
        _ progress: (@Sendable (WorkProgress) -> Void)?
    ) async throws -> [Double] {
        let reporter = ProgressReporter("calibrating", total: pairs, to: progress)
        let ids = try await index.allIDs()
        guard ids.count > 1 else {
            reporter.report(done: pairs)
            return []
        }
        var random = SplitMix64(seed: seed)
        let comparison = Comparison(index.space, weighting)
        var scores: [Double] = []
        for start in stride(from: 0, to: pairs, by: Self.batchSize) {
            try Task.checkCancellation()
            let end = min(start + Self.batchSize, pairs)
            let drawn = (start..<end).flatMap { _ in
                let first = random.next(below: ids.count)
                return [ids[first], ids[(first + 1 + random.next(below: ids.count - 1)) % ids.count]]
            }
            let embeddings = try await index.embeddings(of: drawn)
                .map { comparison.comparable($0) }
            for first in stride(from: 0, to: embeddings.count, by: 2) {
                if let score = comparison.score(embeddings[first], embeddings[first + 1]) { scores.append(score) }
            }
            reporter.report(done: end)
        }
        return scores
    }

    /// The percentage of random pairs with a lower score.
    ///
    /// Pairs of the same score count half. `nil` when no pair could be compared.
    ///
    /// - Complexity: O(log *pairs*)
    package func percentile(of score: Double) -> Double? {
        guard !scores.isEmpty, !score.isNaN else { return nil }
        let below = scores.firstPosition { $0 >= score }
        let notAbove = scores.firstPosition { $0 > score }
        return 100 * (Double(below) + Double(notAbove - below) / 2) / Double(scores.count)
    }

    /// The least score of a pair that this percentage of random pairs, from 0 to 100, does not exceed.
    ///
    /// A percentile under 0 counts as 0, and one over 100 as 100. `nil` when no pair could be compared.
    public func score(atPercentile percentile: Double) -> Double? {
        guard !scores.isEmpty, !percentile.isNaN else { return nil }
        let clamped = min(max(percentile, 0), 100)
        let rank = Int((clamped * Double(scores.count) / 100).rounded(.up))
        return scores[max(rank, 1) - 1]
    }

    /// Whether the calibration is valid for a query's weighting.
    func fits(_ other: Weighting, in space: EmbeddingSpace) -> Bool {
        guard weighting.fusion == nil, other.fusion == nil else { return false }
        // 0.8 and 1 - 0.2 are the same weight, whatever their last bits.
        return space.blocks.allSatisfy { abs(weighting.blocks[$0.name] - other.blocks[$0.name]) < 1e-12 }
            && space.attributeWeights(other) == attributeWeights
    }
}

extension [Double] {
    /// The position of the first element of a sorted array that passes a test; all later elements pass it too.
    fileprivate func firstPosition(where test: (Double) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if test(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

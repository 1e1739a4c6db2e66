package import RecCore
internal import RecMath

/// Confidence intervals of means by the bootstrap: queries are drawn repeatedly with replacement, and the interval
/// spans the central share of their means.
///
/// ```swift
/// let precision = try await Bootstrap().estimate(of: report[.precision])
/// let gain = try await Bootstrap().estimate(of: zip(fused[.ndcg], image[.ndcg]).map { $0 - $1 })
/// ```
/// This is the percentile interval of Efron and Tibshirani, *An Introduction to the Bootstrap* (1993), chapter 13. The
/// values of different systems for the same queries are compared in pairs: both means are over the same drawn queries,
/// so the difficulty of a query cancels out. The same seed gives the same interval on any machine.
public struct Bootstrap: Sendable, Hashable {
    package var resamples: Int
    package var confidence: Double
    package var seed: UInt64

    /// Creates a bootstrap; the settings are checked when it is used.
    ///
    /// - Parameters:
    ///   - resamples: The number of samples to draw, each with as many queries as there are; 1 or more.
    ///   - confidence: The share of the means within the interval; above 0 and below 1.
    ///   - seed: The seed of the random numbers.
    public init(resamples: Int = 1000, confidence: Double = 0.95, seed: UInt64 = 0) {
        self.resamples = resamples
        self.confidence = confidence
        self.seed = seed
    }

    /// The mean of some values with its interval; `nil` when there are none.
    ///
    /// - Throws: `RecError` with code `invalidSetting` when a setting is out of its range; `CancellationError` soon
    ///   after the task is cancelled.
    /// - Complexity: O(``resamples`` · number of values)
    @concurrent
    package func estimate(
        of values: [Double],
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) async throws -> Estimate? {
        try estimates(of: [values], progress: progress).first
    }

    /// Does the same as the asynchronous function, on the thread of the caller.
    package func estimate(of values: [Double]) throws -> Estimate? {
        try estimates(of: [values]).first
    }

    /// The mean of `first` minus `second`, value by value, with its interval; `nil` when there are no values.
    ///
    /// - Precondition: Both have the same count; values at the same position belong to the same query.
    /// - Throws: As ``estimate(of:progress:)`` does.
    /// - Complexity: O(``resamples`` · number of values)
    package func estimate(ofDifference first: [Double], _ second: [Double]) throws -> Estimate? {
        precondition(first.count == second.count, "values that are compared must belong to the same queries")
        return try estimate(of: zip(first, second).map { $0 - $1 })
    }

    /// The mean of each column with its interval, from the same drawn queries for all columns.
    ///
    /// One call for several columns takes less time than a call for each, with the same result.
    ///
    /// - Returns: One estimate for each column; none at all when the columns are empty.
    /// - Precondition: All columns have the same count.
    /// - Throws: As ``estimate(of:progress:)`` does.
    /// - Complexity: O(``resamples`` · number of values)
    package func estimates(
        of columns: [[Double]],
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) throws -> [Estimate] {
        try validate()
        let reporter = ProgressReporter("resampling", total: resamples, to: progress)
        guard let count = columns.first?.count, count > 0 else { return [] }
        precondition(columns.allSatisfy { $0.count == count }, "columns must have the same count")
        // Row-major, so that the values of a drawn query are adjacent.
        var rows = [Double](repeating: 0, count: count * columns.count)
        for (number, column) in columns.enumerated() {
            for (row, value) in column.enumerated() { rows[row * columns.count + number] = value }
        }
        var random = SplitMix64(seed: seed)
        var means = columns.map { _ in [Double]() }
        var sums = [Double](repeating: 0, count: columns.count)
        for number in 0..<resamples {
            try Task.checkCancellation()
            if number.isMultiple(of: 64) { reporter.report(done: number) }
            for column in sums.indices { sums[column] = 0 }
            for _ in 0..<count {
                let start = random.next(below: count) * columns.count
                for column in sums.indices { sums[column] += rows[start + column] }
            }
            for column in sums.indices { means[column].append(sums[column] / Double(count)) }
        }
        reporter.report(done: resamples)
        return zip(columns, means).map { column, means in
            let sorted = means.sorted()
            return Estimate(
                mean: column.reduce(0, +) / Double(count),
                lower: Self.quantile((1 - confidence) / 2, of: sorted),
                upper: Self.quantile((1 + confidence) / 2, of: sorted)
            )
        }
    }

    /// Checks the documented ranges.
    func validate() throws(RecError) {
        guard resamples > 0 else {
            throw RecError(.invalidSetting, "The bootstrap draws \(resamples) times; 1 or more are needed.")
        }
        guard confidence > 0, confidence < 1 else {
            throw RecError(.invalidSetting, "The confidence is \(confidence); it must be above 0 and below 1.")
        }
    }

    /// A quantile of sorted values, linear between two of them as NumPy's default is.
    private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
        let position = share * Double(sorted.count - 1)
        let below = Int(position)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (sorted[above] - sorted[below]) * (position - Double(below))
    }
}

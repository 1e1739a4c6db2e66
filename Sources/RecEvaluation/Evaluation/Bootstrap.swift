package import RecCore
internal import RecMath

/// Confidence intervals of means by the bootstrap: queries are drawn again and again with replacement, and the interval
/// holds the middle of the means that come out.
///
/// ```swift
/// let precision = try await Bootstrap().estimate(of: report[.precision])
/// let gain = try await Bootstrap().estimate(of: zip(fused[.ndcg], image[.ndcg]).map { $0 - $1 })
/// ```
/// This is the percentile interval of Efron and Tibshirani, *An Introduction to the Bootstrap* (1993), chapter 13. The
/// values of different systems for the same queries are compared in pairs: both means are taken over the same drawn
/// queries, so that what makes a query hard for both cancels out. The same seed gives the same interval on any machine.
public struct Bootstrap: Sendable, Hashable {
    /// How often as many queries as there are get drawn; 1 or more.
    public var resamples: Int

    /// The share of the means that the interval holds; above 0 and below 1.
    public var confidence: Double

    /// Where the random numbers start.
    public var seed: UInt64

    /// Creates a bootstrap; the settings are checked when it is used.
    public init(resamples: Int = 1000, confidence: Double = 0.95, seed: UInt64 = 0) {
        self.resamples = resamples
        self.confidence = confidence
        self.seed = seed
    }

    /// The mean of some values with its interval; `nil` when there are none.
    ///
    /// - Throws: `RecError` with code `invalidSetting` when a setting is out of its range; `CancellationError` soon
    ///   after the task was cancelled.
    /// - Complexity: O(``resamples`` · number of values)
    @concurrent
    package func estimate(
        of values: [Double],
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) async throws -> Estimate? {
        try estimates(of: [values], progress: progress).first
    }

    /// As the asynchronous function of this name, on the thread of the caller.
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
    /// Drawing once for several columns takes less time than a call for each, with the same result.
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
        // Row-major, so that what is drawn together lies together.
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

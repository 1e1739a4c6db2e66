internal import RecMath

/// Confidence intervals of means by the bootstrap: queries are drawn again and again with replacement, and the interval
/// holds the middle of the means that come out.
///
/// ```swift
/// let precision = try Bootstrap().estimate(of: report[.precision])
/// let gain = try Bootstrap().estimate(ofDifference: fused[.ndcg], image[.ndcg])
/// ```
/// This is the percentile interval of Efron and Tibshirani, *An Introduction to the Bootstrap* (1993), chapter 13. The
/// values of different systems for the same queries are compared in pairs: both means are taken over the same drawn
/// queries, so that what makes a query hard for both cancels out. The same seed gives the same interval on any machine.
public struct Bootstrap: Sendable, Hashable {
    /// How often as many queries as there are get drawn.
    public let resamples: Int

    /// The share of the means that the interval holds.
    public let confidence: Double

    /// Where the random numbers start.
    public let seed: UInt64

    /// Creates a bootstrap.
    ///
    /// - Precondition: `resamples` is greater than zero, and `confidence` is between 0 and 1.
    public init(resamples: Int = 1000, confidence: Double = 0.95, seed: UInt64 = 0) {
        precondition(resamples > 0, "resamples must be greater than zero")
        precondition(confidence > 0 && confidence < 1, "confidence must be between 0 and 1")
        self.resamples = resamples
        self.confidence = confidence
        self.seed = seed
    }

    /// The mean of some values with its interval; `nil` when there are none.
    ///
    /// - Throws: `CancellationError` soon after the task was cancelled; nothing else.
    /// - Complexity: O(``resamples`` · number of values)
    public func estimate(of values: [Double]) throws(CancellationError) -> Estimate? {
        try estimates(of: [values]).first
    }

    /// The mean of `first` minus `second`, value by value, with its interval; `nil` when there are no values.
    ///
    /// - Precondition: Both have the same count; values at the same position belong to the same query.
    /// - Throws: `CancellationError` soon after the task was cancelled; nothing else.
    /// - Complexity: O(``resamples`` · number of values)
    public func estimate(
        ofDifference first: [Double],
        _ second: [Double]
    ) throws(CancellationError) -> Estimate? {
        precondition(first.count == second.count, "values that are compared must belong to the same queries")
        return try estimate(of: zip(first, second).map { $0 - $1 })
    }

    /// The mean of each column with its interval, from the same drawn queries for all columns.
    ///
    /// Drawing once for several columns takes less time than a call for each, with the same result.
    ///
    /// - Returns: One estimate for each column; none at all when the columns are empty.
    /// - Precondition: All columns have the same count.
    /// - Throws: `CancellationError` soon after the task was cancelled; nothing else.
    /// - Complexity: O(``resamples`` · number of values)
    public func estimates(of columns: [[Double]]) throws(CancellationError) -> [Estimate] {
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
        for _ in 0..<resamples {
            if Task.isCancelled { throw CancellationError() }
            for column in sums.indices { sums[column] = 0 }
            for _ in 0..<count {
                let start = random.next(below: count) * columns.count
                for column in sums.indices { sums[column] += rows[start + column] }
            }
            for column in sums.indices { means[column].append(sums[column] / Double(count)) }
        }
        return zip(columns, means).map { column, means in
            let sorted = means.sorted()
            return Estimate(
                mean: column.reduce(0, +) / Double(count),
                lower: Self.quantile((1 - confidence) / 2, of: sorted),
                upper: Self.quantile((1 + confidence) / 2, of: sorted)
            )
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

/// How far exact scores are from their estimates, for the candidates of one search that were compared so far.
package struct EstimateErrors {
    /// Standard deviations that hardly any error exceeds.
    private static let deviations = 3.0
    /// What estimates in single precision may differ by where they mean the same.
    private static let rounding = 1e-6

    private var count = 0.0
    private var sum = 0.0
    private var squares = 0.0

    /// Begins without errors.
    package init() {}

    /// Adds the exact score less the estimate of a candidate.
    package mutating func add(_ error: Double) {
        count += 1
        sum += error
        squares += error * error
    }

    /// The greatest exact score that an estimate is likely to stand for; infinite before there are two errors.
    package func likelyMost(_ estimate: Double) -> Double {
        guard count > 1 else { return .infinity }
        let mean = sum / count
        let variance = max(squares - count * mean * mean, 0) / (count - 1)
        return estimate + mean + Self.deviations * variance.squareRoot() + Self.rounding
    }
}

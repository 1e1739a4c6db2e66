internal import RecMath

/// A mean with its confidence interval.
public struct Estimate: Sendable, Hashable {
    /// The mean.
    public let mean: Double

    /// The lower end of the interval.
    public let lower: Double

    /// The upper end of the interval.
    public let upper: Double

    /// Creates an estimate.
    package init(mean: Double, lower: Double, upper: Double) {
        self.mean = mean
        self.lower = lower
        self.upper = upper
    }

    /// Whether the whole interval lies above or below zero; for a difference, that chance is an unlikely explanation.
    public var excludesZero: Bool { lower > 0 || upper < 0 }
}

extension Estimate: CustomStringConvertible {
    /// The mean and the interval as `0.757 [0.754, 0.760]`.
    public var description: String {
        "\(mean.decimals(3)) [\(lower.decimals(3)), \(upper.decimals(3))]"
    }
}

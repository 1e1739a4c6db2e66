/// A mean with its confidence interval.
public struct Estimate: Sendable, Hashable {
    /// The mean.
    public let mean: Double

    /// The lower end of the interval.
    public let lower: Double

    /// The upper end of the interval.
    public let upper: Double

    /// Creates an estimate.
    public init(mean: Double, lower: Double, upper: Double) {
        self.mean = mean
        self.lower = lower
        self.upper = upper
    }

    /// Whether the whole interval lies above zero or below it: for a difference, that chance alone hardly explains it.
    public var excludesZero: Bool { lower > 0 || upper < 0 }
}

extension Estimate: CustomStringConvertible {
    /// The mean and the interval as `0.757 [0.754, 0.760]`.
    public var description: String {
        "\(mean.rounded(to: 3)) [\(lower.rounded(to: 3)), \(upper.rounded(to: 3))]"
    }
}

extension Double {
    /// The number with so many decimals, for tables.
    func rounded(to digits: Int, sign: Bool = false) -> String {
        guard isFinite, magnitude < 1e9 else { return "\(self)" }
        let scale = (0..<digits).reduce(1) { power, _ in power * 10 }
        let scaled = Int((magnitude * Double(scale)).rounded())
        let decimals = "\(scaled % scale)"
        let zeros = String(repeating: "0", count: max(0, digits - decimals.utf8.count))
        let prefix = scaled == 0 ? "" : self < 0 ? "-" : sign ? "+" : ""
        return prefix + "\(scaled / scale)" + (digits > 0 ? "." + zeros + decimals : "")
    }
}

/// How often values of each size occur, in bins that grow with the largest value.
struct ValueHistogram: Sendable {
    private static let binCount = 2048

    /// The size of a bin, a power of two.
    private var binWidth: Float = 0x1p-24
    private var positive = [Int](repeating: 0, count: binCount)
    private var negative = [Int](repeating: 0, count: binCount)
    private(set) var low: Float = 0
    private(set) var high: Float = 0

    /// Counts values; zeros, which every range has, and values that are not finite do not count.
    mutating func add(_ values: Span<Float>) {
        var (low, high) = (low, high)
        for index in values.indices {
            let value = values[index]
            guard value.isFinite else { continue }
            low = min(low, value)
            high = max(high, value)
        }
        (self.low, self.high) = (low, high)
        while max(high, -low) >= binWidth * Float(Self.binCount) { doubleBins() }
        let factor = 1 / binWidth
        for index in values.indices {
            let value = values[index]
            guard value != 0, value.isFinite else { continue }
            let bin = min(Int(abs(value) * factor), Self.binCount - 1)
            if value > 0 { positive[bin] += 1 } else { negative[bin] += 1 }
        }
    }

    private mutating func doubleBins() {
        binWidth *= 2
        func merged(_ bins: [Int]) -> [Int] {
            (0..<Self.binCount).map { $0 < Self.binCount / 2 ? bins[2 * $0] + bins[2 * $0 + 1] : 0 }
        }
        positive = merged(positive)
        negative = merged(negative)
    }

    /// The range in which 256 equal steps have the least mean squared error, with what is beyond cut off.
    var bestRange: ActivationRange {
        var best = ActivationRange(low: low, high: high)
        var least = error(best)
        let largest = max(high, -low)
        for part in 1..<Self.candidateCount {
            let limit = largest * Float(part) / Float(Self.candidateCount)
            let range = ActivationRange(low: max(low, -limit), high: min(high, limit))
            let error = error(range)
            if error < least { (best, least) = (range, error) }
        }
        return best
    }

    private static let candidateCount = 128

    /// The sum of squared errors with 256 steps.
    private func error(_ range: ActivationRange) -> Double {
        let step = Double(range.high - range.low) / 255
        let rounding = step * step / 12
        var sum = 0.0
        for bin in 0..<Self.binCount {
            let middle = (Double(bin) + 0.5) * Double(binWidth)
            for (count, limit) in [(positive[bin], Double(range.high)), (negative[bin], -Double(range.low))]
            where count > 0 {
                let excess = max(middle - limit, 0)
                sum += Double(count) * (excess > 0 ? excess * excess : rounding)
            }
        }
        return sum
    }
}

internal import RecMath

/// nDCG with linear gains, as in `RankingMetrics.ndcg`, with discounts computed once.
enum DiscountedGain {
    private static let discounts = (0..<1024).map { 1 / BinaryLogarithm.of(Double($0 + 2)) }

    /// The discounted gain of a list.
    static func of(_ gains: [Double]) -> Double {
        var sum = 0.0
        for (place, gain) in gains.enumerated() where gain != 0 { sum += gain * discounts[place] }
        return sum
    }

    /// The discounted gain of a list as a share of the greatest possible one.
    static func ndcg(_ gains: [Double], ideal: Double) -> Double { of(gains) / ideal }
}

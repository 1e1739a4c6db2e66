/// The logarithm to base 2, for discounts by rank.
package enum BinaryLogarithm {
    /// The logarithm of a number, within two units in the last place.
    ///
    /// With x = 2^e * m and m near 1, log2(x) = e + 2 / ln 2 * artanh((m - 1) / (m + 1)), whose series converges fast.
    ///
    /// - Precondition: `number` is finite and greater than zero.
    package static func of(_ number: Double) -> Double {
        precondition(number.isFinite && number > 0, "only positive numbers have a logarithm")
        let isLow = number.significand < Double(2).squareRoot()
        let mantissa = isLow ? number.significand : number.significand / 2
        let exponent = Double(number.exponent) + (isLow ? 0 : 1)
        let ratio = (mantissa - 1) / (mantissa + 1)
        // The ratio is below 0.172, so that the first term left out is below 1e-19.
        var sum = 0.0
        for power in stride(from: 23, through: 1, by: -2) { sum = sum * ratio * ratio + 1 / Double(power) }
        return exponent + 2 / 0.693_147_180_559_945_309 * ratio * sum
    }
}

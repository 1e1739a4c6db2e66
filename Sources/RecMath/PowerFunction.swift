/// Powers of positive numbers.
package enum PowerFunction {
    /// `base` raised to `exponent`; 0 for a base of 0.
    ///
    /// Exponents that square roots can give are computed by them and exact to the last bits; for others the relative
    /// error is below 1e-13 when the result is between 1e-30 and 1e30.
    ///
    /// - Precondition: `base` is finite and not negative.
    package static func of(_ base: Double, _ exponent: Double) -> Double {
        if base == 0 { return 0 }
        switch exponent {
        case 0: return 1
        case 1: return base
        case 0.5: return base.squareRoot()
        case 0.25: return base.squareRoot().squareRoot()
        case -0.5: return 1 / base.squareRoot()
        case -0.25: return 1 / base.squareRoot().squareRoot()
        default: return two(toThe: exponent * BinaryLogarithm.of(base))
        }
    }

    /// 2 raised to a power, with a relative error below 1e-15 times the power.
    package static func two(toThe power: Double) -> Double {
        guard power < 1024 else { return .infinity }
        guard power > -1075 else { return 0 }
        let whole = power.rounded()
        let rest = (power - whole) * 0.693_147_180_559_945_309
        // |rest| < 0.347, so that the first term left out of the series of e^rest is below 1e-18.
        var sum = 1.0
        for term in stride(from: 14.0, through: 1, by: -1) { sum = 1 + sum * rest / term }
        // In two steps, since the greatest and the least powers have no power of two beside them.
        let half = Int(whole) / 2
        return sum * Double(sign: .plus, exponent: half, significand: 1)
            * Double(sign: .plus, exponent: Int(whole) - half, significand: 1)
    }
}

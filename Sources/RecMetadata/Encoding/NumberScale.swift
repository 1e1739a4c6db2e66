public import RecCore
internal import RecMath

/// The scale of a numeric attribute: its range, and whether differences or ratios count.
public struct NumberScale: Sendable, Hashable {
    /// The spacing of numbers.
    package enum Spacing: String, Sendable, Hashable {
        /// Equal differences are equally far apart: 10 is as far from 20 as 110 from 120.
        case linear
        /// Equal ratios are equally far apart: 10 is as far from 20 as 100 from 200.
        case logarithmic
    }

    /// The least number; lower ones count as this one.
    package let lowerBound: Double

    /// The greatest number; higher ones count as this one.
    package let upperBound: Double

    /// The spacing of numbers.
    package let spacing: Spacing

    private init(_ lowerBound: Double, _ upperBound: Double, _ spacing: Spacing) throws(RecError) {
        guard lowerBound.isFinite, upperBound.isFinite, lowerBound < upperBound,
            spacing == .linear || lowerBound > 0
        else {
            let needed = spacing == .linear ? "" : " and above 0"
            throw RecError(
                .invalidSetting,
                "A scale from \(lowerBound) to \(upperBound) is of no use; its ends must ascend, finite\(needed)."
            )
        }
        self.lowerBound = lowerBound
        self.upperBound = upperBound
        self.spacing = spacing
        // Ends that differ only in the last bits may have no distance after rounding.
        guard position(of: lowerBound) == 0, position(of: upperBound) == 1 else {
            throw RecError(
                .invalidSetting,
                "A scale from \(lowerBound) to \(upperBound) is too narrow to divide."
            )
        }
    }

    /// A scale on which differences count.
    ///
    /// - Throws: `RecError` with code `invalidSetting` when the ends do not ascend or are not finite.
    public static func linear(from lowerBound: Double, to upperBound: Double) throws(RecError) -> NumberScale {
        try NumberScale(lowerBound, upperBound, .linear)
    }

    /// A scale on which ratios count, for example for prices.
    ///
    /// - Throws: `RecError` with code `invalidSetting` when the ends do not ascend, are not finite or not above 0.
    public static func logarithmic(
        from lowerBound: Double,
        to upperBound: Double
    ) throws(RecError) -> NumberScale {
        try NumberScale(lowerBound, upperBound, .logarithmic)
    }

    static func scale(_ lowerBound: Double, _ upperBound: Double, _ spacing: Spacing) throws(RecError) -> Self {
        try NumberScale(lowerBound, upperBound, spacing)
    }

    /// The position of a number on the scale: 0 at the lower bound and below, 1 at the upper bound and above.
    ///
    /// - Precondition: `number` is finite.
    package func position(of number: Double) -> Double {
        let clamped = min(max(number, lowerBound), upperBound)
        switch spacing {
        case .linear:
            // Halved first, since the width of a huge range overflows.
            return (clamped / 2 - lowerBound / 2) / (upperBound / 2 - lowerBound / 2)
        case .logarithmic:
            let low = BinaryLogarithm.of(lowerBound)
            let share = (BinaryLogarithm.of(clamped) - low) / (BinaryLogarithm.of(upperBound) - low)
            return min(max(share, 0), 1)
        }
    }
}

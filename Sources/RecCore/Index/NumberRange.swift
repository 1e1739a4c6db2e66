/// A range of numbers for a filter; without bounds it holds every number.
public struct NumberRange: Sendable, Hashable {
    /// The least number, or `nil` when there is none.
    public let lowerBound: Double?

    /// The greatest number, or `nil` when there is none.
    public let upperBound: Double?

    /// Whether the lower bound itself is in the range.
    public let includesLowerBound: Bool

    /// Whether the upper bound itself is in the range.
    public let includesUpperBound: Bool

    /// Creates a range.
    package init(
        from lowerBound: Double? = nil,
        to upperBound: Double? = nil,
        includingLowerBound: Bool = true,
        includingUpperBound: Bool = true
    ) {
        self.lowerBound = lowerBound
        self.upperBound = upperBound
        includesLowerBound = includingLowerBound
        includesUpperBound = includingUpperBound
    }

    /// Creates the range that an operator of the standard library makes.
    init(_ range: some RangeExpression<Double>) {
        switch range {
        case let range as ClosedRange<Double>: self.init(from: range.lowerBound, to: range.upperBound)
        case let range as Range<Double>:
            self.init(from: range.lowerBound, to: range.upperBound, includingUpperBound: false)
        case let range as PartialRangeFrom<Double>: self.init(from: range.lowerBound)
        case let range as PartialRangeThrough<Double>: self.init(to: range.upperBound)
        case let range as PartialRangeUpTo<Double>: self.init(to: range.upperBound, includingUpperBound: false)
        default: preconditionFailure("a range of the standard library")
        }
    }

    /// Whether a number is in the range; never for one that is not finite.
    package func contains(_ number: Double) -> Bool {
        guard number.isFinite else { return false }
        if let lowerBound, !(includesLowerBound ? number >= lowerBound : number > lowerBound) { return false }
        if let upperBound, !(includesUpperBound ? number <= upperBound : number < upperBound) { return false }
        return true
    }

    /// Whether a text is a number in the range.
    package func contains(text: String) -> Bool {
        Double(text).map { contains($0) } ?? false
    }
}

package import RecCore

/// One condition of `--where`, as `gender=Women` or `price<50`.
package struct FilterCondition {
    package enum Comparison: String, CaseIterable {
        // Longer ones first, since each begins with a shorter one.
        case unequal = "!="
        case atMost = "<="
        case atLeast = ">="
        case below = "<"
        case above = ">"
        case equal = "="
    }

    package let attribute: String
    package let comparison: Comparison
    package let value: String

    /// Reads a condition; the first sign of comparison counts.
    package init?(_ text: String) {
        guard let start = text.firstIndex(where: { "=<>!".contains($0) }), start > text.startIndex else { return nil }
        guard let comparison = Comparison.allCases.first(where: { text[start...].hasPrefix($0.rawValue) }) else {
            return nil
        }
        attribute = String(text[..<start])
        self.comparison = comparison
        value = String(text[start...].dropFirst(comparison.rawValue.count))
    }

    /// The filter, or nil when a number is wanted and there is none.
    package var filter: AttributeFilter? {
        switch comparison {
        case .equal: return .has(attribute, value)
        case .unequal: return .not(.has(attribute, value))
        case .atMost, .atLeast, .below, .above: break
        }
        guard let number = Double(value), number.isFinite else { return nil }
        let range =
            switch comparison {
            case .atMost: NumberRange(to: number)
            case .atLeast: NumberRange(from: number)
            case .below: NumberRange(to: number, includingUpperBound: false)
            default: NumberRange(from: number, includingLowerBound: false)
            }
        return .number(attribute, range)
    }
}

extension FeaturePooling: CustomStringConvertible {
    /// The name for recipes: `average`, `maximum`, `gem(p=3.0,eps=1e-06)`, `token`, `none`.
    public var description: String {
        switch self {
        case .average: "average"
        case .maximum: "maximum"
        case .token: "token"
        case .none: "none"
        case .generalizedMean(let exponent, let epsilon): "gem(p=\(exponent),eps=\(epsilon))"
        }
    }

    /// Reads a ``description``; `nil` for any other text.
    package init?(_ description: String) {
        switch description {
        case "average": self = .average
        case "maximum": self = .maximum
        case "token": self = .token
        case "none": self = .none
        default:
            let parts = description.split(separator: ",", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].hasPrefix("gem(p="), parts[1].hasPrefix("eps="), parts[1].hasSuffix(")"),
                let exponent = Double(parts[0].dropFirst("gem(p=".count)),
                let epsilon = Double(parts[1].dropFirst("eps=".count).dropLast()),
                exponent > 0, exponent.isFinite, epsilon > 0, epsilon.isFinite
            else { return nil }
            self = .generalizedMean(exponent: exponent, epsilon: epsilon)
        }
    }
}

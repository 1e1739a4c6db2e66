/// A condition on the attributes of the products that may be in an answer.
///
/// ```swift
/// let filter: AttributeFilter = .all([.has("gender", anyOf: ["Women", "Unisex"]), .not(.has("usage", "Sports"))])
/// ```
public indirect enum AttributeFilter: Sendable, Hashable {
    /// Products with one of these values for the attribute; a product that lacks the attribute does not match.
    ///
    /// Values are compared by code points, as ``AttributeValues`` are.
    case has(_ attribute: String, anyOf: AttributeValues)
    /// Products whose value for the attribute is a number within the range; other text does not match.
    ///
    /// Numbers are written as in Swift or JSON, without thousands separators and units: `1299`, `-3.5`, `1.2e3`.
    case number(_ attribute: String, NumberRange)
    /// Products that match all of these; every product when there are none.
    case all([AttributeFilter])
    /// Products that match at least one of these; no product when there are none.
    case any([AttributeFilter])
    /// Products that do not match.
    case not(AttributeFilter)

    /// Products with this value for the attribute.
    public static func has(_ attribute: String, _ value: String) -> AttributeFilter {
        .has(attribute, anyOf: AttributeValues(CollectionOfOne(value)))
    }

    /// Products with a number in a range: `.number("price", in: 10..<20)`, `.number("price", in: ...20)`.
    ///
    /// - Precondition: The range comes from an operator of the standard library.
    public static func number(_ attribute: String, in range: some RangeExpression<Double>) -> AttributeFilter {
        .number(attribute, NumberRange(range))
    }

    /// Whether a product with these attributes matches.
    public func matches(_ product: Product) -> Bool {
        switch self {
        case .has(let attribute, let values): product.values(of: attribute).contains(where: values.contains)
        case .number(let attribute, let range): product.values(of: attribute).contains { range.contains(text: $0) }
        case .all(let filters): filters.allSatisfy { $0.matches(product) }
        case .any(let filters): filters.contains { $0.matches(product) }
        case .not(let filter): !filter.matches(product)
        }
    }

    /// The names of all attributes in the filter.
    package var attributes: Set<String> {
        switch self {
        case .has(let attribute, _), .number(let attribute, _): [attribute]
        case .all(let filters), .any(let filters): filters.reduce(into: []) { $0.formUnion($1.attributes) }
        case .not(let filter): filter.attributes
        }
    }
}

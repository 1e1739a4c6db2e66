extension AttributeFilter: Decodable {
    /// Decodes an object of attributes, all of which must match:
    /// `{"gender": "Men", "baseColour": ["Navy Blue", "Blue"], "price": {"min": 10, "max": 50}}`.
    ///
    /// A product must have the value that a string gives, or one of the values in an array. An object holds the bounds
    /// of a number; either may be missing, and both belong to the range.
    ///
    /// - Throws: ``RecError`` with code `invalidQuery` that names the field, also for more than 64 attributes, more than
    ///   1,000 values, an empty array or an unknown bound.
    public init(from decoder: any Decoder) throws {
        let object = try RequestObject(decoder, expecting: "an object of attributes")
        let names = object.container.allKeys.map(\.stringValue).sorted()
        guard names.count <= RequestLimits.attributes else {
            let path = fieldPath(decoder.codingPath)
            throw RecError(
                .invalidQuery,
                "'\(path.isEmpty ? "filter" : path)' must not have more than \(RequestLimits.attributes) attributes."
            )
        }
        let filters = try names.compactMap { name -> AttributeFilter? in
            try object.value(name, Condition.expecting, as: Condition.self).map { $0.filter(name) }
        }
        self = filters.count == 1 ? filters[0] : .all(filters)
    }
}

/// The condition on one attribute.
private enum Condition: Decodable {
    case values([String])
    case range(Double?, Double?)

    static let expecting = "a string, an array of strings, or an object with min and max"

    init(from decoder: any Decoder) throws {
        if let value = try? decoder.singleValueContainer().decode(String.self) {
            self = .values([value])
        } else if let list = try? decoder.unkeyedContainer() {
            let values: [String] = try elementsOf(list, Self.expecting, most: RequestLimits.values)
            guard !values.isEmpty else {
                throw RecError(
                    .invalidQuery,
                    "'\(fieldPath(decoder.codingPath))' is an empty list, which no product matches; leave it out."
                )
            }
            self = .values(values)
        } else {
            self = try Self.range(from: RequestObject(decoder, expecting: Self.expecting))
        }
    }

    private static func range(from object: RequestObject) throws -> Condition {
        let all = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
        for key in object.container.allKeys where !["min", "max"].contains(key.stringValue) {
            throw object.error(key.stringValue, "is no bound; a range has min and max")
        }
        let least = try object.number("min", in: all, "a number")
        let greatest = try object.number("max", in: all, "a number")
        guard least != nil || greatest != nil else { throw object.error("min", "or max must be there") }
        if let least, let greatest, least > greatest { throw object.error("min", "must not be greater than max") }
        return .range(least, greatest)
    }

    func filter(_ attribute: String) -> AttributeFilter {
        switch self {
        case .values(let values): .has(attribute, anyOf: AttributeValues(values))
        case .range(let least, let greatest): .number(attribute, NumberRange(from: least, to: greatest))
        }
    }
}

/// The values that one attribute of a product has: none when missing, one as a rule, several for tags.
///
/// Literals read naturally: `"Navy Blue"` is one value, `["Cotton", "Linen"]` two.
public struct AttributeValues: Sendable, Hashable {
    /// The values in the order they were given, without duplicates.
    public let values: [String]

    /// Creates the values of one attribute; later duplicates are dropped.
    public init(_ values: some Sequence<String>) {
        let all = Array(values)
        guard all.count > 1 else {
            self.values = all
            return
        }
        var seen: Set<String> = []
        self.values = all.filter { seen.insert($0).inserted }
    }

    /// Whether the attribute has no value, that is, it is missing.
    public var isEmpty: Bool { values.isEmpty }

    /// The first value, which is the only one for single-valued attributes.
    public var first: String? { values.first }
}

extension AttributeValues: ExpressibleByStringLiteral {
    /// Creates a single value.
    public init(stringLiteral value: String) {
        values = [value]
    }
}

extension AttributeValues: ExpressibleByArrayLiteral {
    /// Creates several values; later duplicates are dropped.
    public init(arrayLiteral elements: String...) {
        self.init(elements)
    }
}

extension AttributeValues: Codable {
    /// Decodes an array of strings.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode([String].self))
    }

    /// Encodes an array of strings.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(values)
    }
}

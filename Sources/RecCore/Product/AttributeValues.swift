/// The values that one attribute of a product has: none when missing, one as a rule, several for tags.
///
/// Literals read naturally: `"Navy Blue"` is one value, `["Cotton", "Linen"]` two. Values are compared by code points:
/// "é" as one code point and as two are two values.
public struct AttributeValues: Sendable, Hashable {
    /// The values in the order they were given, without duplicates.
    public var values: [String] { list.texts }

    private let list: ByteStrings

    /// Creates the values of one attribute; later duplicates are dropped.
    public init(_ values: some Sequence<String>) {
        let all = Array(values)
        guard all.count > 1 else {
            list = ByteStrings(texts: all)
            return
        }
        var seen: Set<ByteString> = []
        list = ByteStrings(texts: all.filter { seen.insert(ByteString($0)).inserted })
    }

    /// Takes values that differ.
    init(different values: [String]) {
        list = ByteStrings(texts: values)
    }

    /// Whether the attribute has no value, that is, it is missing.
    public var isEmpty: Bool { values.isEmpty }

    /// The first value, which is the only one for single-valued attributes.
    public var first: String? { values.first }

    /// Whether a text is one of the values.
    package func contains(_ text: String) -> Bool {
        values.contains { ByteString($0) == ByteString(text) }
    }
}

extension AttributeValues: ExpressibleByStringLiteral {
    /// Creates a single value.
    public init(stringLiteral value: String) {
        list = ByteStrings(texts: [value])
    }
}

extension AttributeValues: ExpressibleByArrayLiteral {
    /// Creates several values; later duplicates are dropped.
    public init(arrayLiteral elements: String...) {
        self.init(elements)
    }
}

extension AttributeValues: Codable {
    /// Decodes a string or an array of strings.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(String.self) {
            self.init(CollectionOfOne(value))
        } else {
            self.init(try container.decode([String].self))
        }
    }

    /// Encodes a string where there is one value, an array of strings otherwise.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if values.count == 1 { try container.encode(values[0]) } else { try container.encode(values) }
    }
}

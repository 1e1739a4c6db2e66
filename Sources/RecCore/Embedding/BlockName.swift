/// The name of a block of an embedding.
public struct BlockName: Sendable, Hashable, Codable, RawRepresentable, ExpressibleByStringLiteral {
    /// The name as text.
    public let rawValue: String

    /// Creates a name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Creates a name from a literal.
    public init(stringLiteral value: String) {
        rawValue = value
    }

    /// Features of the product's picture, dense.
    public static let image: BlockName = "image"

    /// Attributes of the product, one-hot.
    public static let metadata: BlockName = "metadata"
}

extension BlockName: Comparable, CustomStringConvertible {
    /// Orders names by their Unicode code points.
    public static func < (lhs: BlockName, rhs: BlockName) -> Bool {
        lhs.rawValue.utf8.lexicographicallyPrecedes(rhs.rawValue.utf8)
    }

    /// The name as text.
    public var description: String { rawValue }
}

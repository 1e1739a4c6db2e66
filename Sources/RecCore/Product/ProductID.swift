/// The identity of a product: any non-empty string the shop uses.
///
/// Identifiers are compared by code points, so that ties between equal scores break the same way on every machine, and
/// two spellings that look alike stay two products, as in the shop's database.
public struct ProductID: Sendable, Hashable, Codable, RawRepresentable {
    /// The identifier as the shop spells it.
    public let rawValue: String

    /// Creates an identifier from the shop's spelling.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Creates an identifier from the shop's spelling.
    public init(_ rawValue: String) {
        self.rawValue = rawValue
    }

}

extension ProductID: Comparable {
    /// Whether the spellings have the same Unicode code points.
    public static func == (lhs: ProductID, rhs: ProductID) -> Bool {
        ByteString(lhs.rawValue) == ByteString(rhs.rawValue)
    }

    /// Hashes the code points.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(ByteString(rawValue))
    }

    /// Orders identifiers by their Unicode code points.
    public static func < (lhs: ProductID, rhs: ProductID) -> Bool {
        lhs.rawValue.utf8.lexicographicallyPrecedes(rhs.rawValue.utf8)
    }
}

extension ProductID: ExpressibleByStringLiteral {
    /// Creates an identifier from a literal, as in `let id: ProductID = "15970"`.
    public init(stringLiteral value: String) {
        rawValue = value
    }
}

extension ProductID: CustomStringConvertible {
    /// The identifier as the shop spells it.
    public var description: String { rawValue }
}

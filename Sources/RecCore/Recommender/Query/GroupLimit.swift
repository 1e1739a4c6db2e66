/// A limit on the products of an answer that share a value of an attribute, such as variants of one article or a brand.
///
/// A product without the attribute is in no group. A product with several values counts in each of their groups, and is
/// left out when one of them is full.
public struct GroupLimit: Sendable, Hashable {
    /// The attribute.
    public var attribute: String

    /// The greatest number of products with the same value.
    public var count: Int

    /// Whether liked products count in their groups: with a limit of 1, no variant of them is in the answer.
    public var countsLikes: Bool

    /// Creates a limit.
    public init(attribute: String, count: Int = 1, countsLikes: Bool = false) {
        self.attribute = attribute
        self.count = count
        self.countsLikes = countsLikes
    }
}

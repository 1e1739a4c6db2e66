/// A limit on the products of an answer that share a value of an attribute, such as variants of one article or a brand.
///
/// A product without the attribute is in no group. A product with several values counts in each of their groups, and is
/// left out when one of them is full.
public struct GroupLimit: Sendable, Hashable {
    package var attribute: String
    package var count: Int
    package var countsLikes: Bool

    /// Creates a limit.
    ///
    /// - Parameters:
    ///   - attribute: The attribute.
    ///   - count: The greatest number of products with the same value; at least 1.
    ///   - countsLikes: Whether liked products count in their groups: with a limit of 1, no variant of them is in the
    ///     answer.
    public init(attribute: String, count: Int = 1, countsLikes: Bool = false) {
        self.attribute = attribute
        self.count = count
        self.countsLikes = countsLikes
    }
}

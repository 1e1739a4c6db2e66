/// At most so many products of an answer may have the same value of an attribute: variants of one article, a brand.
///
/// A product without the attribute is in no group. One with several values counts for each of them, and is left out when
/// one of them is full.
public struct GroupLimit: Sendable, Hashable {
    /// The attribute.
    public var attribute: String

    /// How many products may have the same value.
    public var count: Int

    /// Whether the products that are liked count as shown: with a limit of 1, no variant of them is in the answer.
    public var countsLikes: Bool

    /// Creates a limit.
    public init(attribute: String, count: Int = 1, countsLikes: Bool = false) {
        self.attribute = attribute
        self.count = count
        self.countsLikes = countsLikes
    }
}

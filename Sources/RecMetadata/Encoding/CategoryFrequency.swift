/// The least frequency of a category with its own column: `min_frequency` of scikit-learn.
public enum CategoryFrequency: Sendable, Hashable {
    /// At least this many products; 1 or more.
    case count(Int)
    /// At least this fraction of all products, including those that lack the attribute; above 0 and below 1.
    case fraction(Double)
}

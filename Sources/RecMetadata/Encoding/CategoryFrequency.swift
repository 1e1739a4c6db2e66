/// How many products a category must have to get a column of its own: `min_frequency` of scikit-learn.
public enum CategoryFrequency: Sendable, Hashable {
    /// At least this many products; 1 or more.
    case count(Int)
    /// At least this fraction of all products, those that lack the attribute included; above 0 and below 1.
    case fraction(Double)
}

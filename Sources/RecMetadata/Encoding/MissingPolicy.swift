/// What the encoder does with a product that lacks an attribute.
public enum MissingPolicy: String, Sendable, Hashable, Codable {
    /// Encodes it as zeros: two products that both lack the attribute are not alike in it.
    case ignore
    /// Treats "missing" as one more category, the last one, as scikit-learn treats NaN.
    ///
    /// It may be rare, and then shares the column of infrequent values. If no product lacked the attribute when the
    /// encoder was made from data, one that does later has an unknown value. Given categories always get the column.
    case category
    /// Refuses it.
    case error
}

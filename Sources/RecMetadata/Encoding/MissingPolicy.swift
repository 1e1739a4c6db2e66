/// The encoder's policy for a product that lacks an attribute.
public enum MissingPolicy: String, Sendable, Hashable, Codable {
    /// Encodes it as zeros: two products that both lack the attribute do not match in it.
    case ignore
    /// Treats "missing" as one more category, the last one, like NaN in scikit-learn.
    ///
    /// If it is rare, it shares the column of infrequent values. If no product lacks the attribute when the encoder is
    /// fitted to data, a missing value is later an unknown value. With given categories there is always a column.
    case category
    /// Throws an error.
    case error
}

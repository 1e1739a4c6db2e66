/// The encoder's policy for a value that is not among its categories.
///
/// These are the settings of `handle_unknown` in scikit-learn's `OneHotEncoder`.
public enum UnknownPolicy: String, Sendable, Hashable, Codable {
    /// Encodes it as zeros: it matches no value, not even itself.
    case ignore
    /// Encodes it in the column of infrequent values if the attribute has one, otherwise as zeros.
    case infrequentIfExists
    /// Throws an error.
    case error
}

/// What the encoder does with a value that was not among the categories when it was made.
///
/// These are the settings of `handle_unknown` in scikit-learn's `OneHotEncoder`.
public enum UnknownPolicy: String, Sendable, Hashable, Codable {
    /// Encodes it as zeros: it matches nothing, not even itself.
    case ignore
    /// Encodes it as the column of infrequent values where the attribute has one, as zeros otherwise.
    case infrequentIfExists
    /// Refuses it.
    case error
}

/// A fault that a PostgreSQL server reported.
///
/// A ``PostgresConnection`` throws it; an index turns it into a `RecError` that says what to do.
public struct PostgresFailure: Error, Sendable, Hashable {
    /// The `SQLSTATE`, five characters, such as `23505`.
    public let state: String

    /// The server's primary message.
    public let message: String

    /// Creates a fault.
    public init(state: String, message: String) {
        self.state = state
        self.message = message
    }
}

extension PostgresFailure: CustomStringConvertible {
    /// Message and state.
    public var description: String { "the database says: \(message) (SQLSTATE \(state))" }
}

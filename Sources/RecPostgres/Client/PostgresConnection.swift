/// Runs SQL: a pool, one connection, or a transaction that a host has open.
///
/// A host that has a client of its own conforms two short types to this protocol and to ``PostgresClient``.
public protocol PostgresConnection: Sendable {
    /// Runs statements one after another in one transaction: the one that is open, or one of their own.
    ///
    /// A connection that can send several statements at once makes one round trip of them.
    ///
    /// - Returns: The rows of each statement, in the same order; values are in PostgreSQL's binary format.
    /// - Throws: ``PostgresFailure`` for what a server reports, and the errors of the client. When one statement fails,
    ///   none has an effect. `CancellationError` soon after the task is cancelled.
    func run(_ statements: [PostgresStatement]) async throws -> [[PostgresRow]]
}

/// Runs SQL, and can keep a transaction open over several calls.
public protocol PostgresClient: PostgresConnection {
    /// Runs a body in a transaction: commits when it returns, rolls back when it throws.
    func transaction<Value: Sendable>(
        _ body: @Sendable @concurrent (any PostgresConnection) async throws -> Value
    ) async throws -> Value
}

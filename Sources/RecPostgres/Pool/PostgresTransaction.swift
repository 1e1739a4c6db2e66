#if Postgres
internal import RecCompute
internal import RecCore

/// A transaction on a connection of a pool; its calls run one after another.
final class PostgresTransaction: PostgresConnection {
    private enum Phase {
        case new, open
        /// Statements failed, so that it can only be rolled back.
        case failed(any Error)
        case ended
    }

    private let pool: PostgresPool
    private let connection: PooledConnection
    private let phase = LockedValue(Phase.new)
    /// Keeps the calls of several tasks apart.
    private let lock = AsyncLock()

    init(pool: PostgresPool, connection: PooledConnection) {
        self.pool = pool
        self.connection = connection
    }

    func run(_ statements: [PostgresStatement]) async throws -> [[PostgresRow]] {
        try Self.check(statements)
        return try await lock.withLock { [self] in
            try Task.checkCancellation()
            let begins =
                switch phase.withLock(\.self) {
                case .new: true
                case .open: false
                case .failed(let error): throw error
                case .ended: throw Self.misuse
                }
            guard !statements.isEmpty else { return [] }
            let begin = begins ? [PostgresStatement("begin")] : []
            let deadline = pool.deadline(for: statements)
            switch try await pool.exchange(begin + statements, on: connection, until: deadline) {
            case .success(let answers):
                phase.withLock { $0 = .open }
                guard connection.transactionState == .open else {
                    phase.withLock { $0 = .failed(Self.misuse) }
                    throw Self.misuse
                }
                return Array(answers.dropFirst(begin.count))
            case .failure(let fault):
                // The transaction is not committed, so it has no effect.
                let error = pool.error(for: fault, mayHaveEffect: false)
                phase.withLock { $0 = .failed(error) }
                throw error
            }
        }
    }

    /// Commits; throws the first failure when there was one, though the body did not.
    func commit() async throws {
        try await lock.withLock { [self] in
            switch phase.withLock(\.self) {
            case .new: phase.withLock { $0 = .ended }
            case .ended: throw Self.misuse
            case .failed(let error): throw error
            case .open:
                let deadline = pool.deadline(for: [])
                switch try await pool.exchange([PostgresStatement("commit")], on: connection, until: deadline) {
                case .success: phase.withLock { $0 = .ended }
                case .failure(let fault):
                    let error = pool.error(for: fault, mayHaveEffect: true)
                    phase.withLock { $0 = .failed(error) }
                    throw error
                }
            }
        }
    }

    /// Rolls back what is open; when that fails, the connection is dropped, which has the same effect.
    func rollBack() async {
        // Also where the task is cancelled, which ends no statement of another task.
        await Task { [self] in
            try? await lock.withLock { [self] in
                let wasEnded = phase.withLock { phase in
                    defer { phase = .ended }
                    if case .ended = phase { return true }
                    return false
                }
                guard !wasEnded, connection.isUsable, connection.transactionState != .idle else { return }
                _ = try await pool.exchange(
                    [PostgresStatement("rollback")],
                    on: connection,
                    until: .now + PooledConnection.patience
                )
            }
        }.value
    }

    /// Refuses statements that would begin or end a transaction, and what PostgreSQL's protocol cannot carry.
    static func check(_ statements: [PostgresStatement]) throws(RecError) {
        for statement in statements {
            let word = statement.sql.drop { $0.isWhitespace || $0 == ";" }.prefix { $0.isLetter }.lowercased()
            guard !words.contains(word) else { throw misuse }
            guard statement.parameters.count <= 65_535 else {
                throw RecError(
                    .invalidQuery,
                    "a statement has at most 65535 parameters, not \(statement.parameters.count)"
                )
            }
            guard !statement.sql.utf8.contains(0) else {
                throw RecError(.invalidText, "a statement of SQL holds the character NUL")
            }
        }
    }

    private static let words: Set = ["begin", "start", "commit", "end", "rollback", "abort", "prepare"]

    static let misuse = RecError(
        .invalidSetting,
        """
        statements that begin or end a transaction are not run, and a transaction's connection is used only while it is \
        open; call transaction(_:) of the client
        """
    )
}
#endif

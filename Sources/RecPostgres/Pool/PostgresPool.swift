#if Postgres
internal import RecCompute
public import RecCore
internal import Synchronization

/// Connections to a database through libpq: a ``PostgresClient`` for any number of tasks.
///
/// Connections are made when they are needed, and kept. Waiting for the server happens on threads of the pool, never on
/// those that tasks share. All statements of one ``run(_:)`` are sent in one round trip and are one transaction. When a
/// task is cancelled or a deadline is over, the server is asked to stop; a connection that does not answer soon is given
/// up.
///
/// A broken connection is replaced. Statements that only read are run once more then; others never are, since they may
/// have had their effect, and the error says so.
public final class PostgresPool: ParallelClient {
    let queue: ConnectionQueue
    let address: PostgresAddress
    let settings: Settings
    private let trips = Atomic<Int>(0)

    /// Creates a pool, which does not connect yet.
    ///
    /// - Throws: `RecError` with code `invalid-setting`.
    public init(_ address: PostgresAddress, settings: Settings = Settings()) throws(RecError) {
        try settings.check()
        self.address = address
        self.settings = settings
        queue = ConnectionQueue(connections: settings.connections, waiting: settings.waiting)
    }

    deinit { queue.close() }

    /// Closes the idle connections, and those in use when their statements have ended; later calls throw.
    public func close() { queue.close() }

    /// How many times statements were sent and answers awaited; what is sent together counts once.
    package var roundTrips: Int { trips.load(ordering: .relaxed) }

    /// Runs statements in one round trip, as one transaction.
    ///
    /// - Throws: ``PostgresFailure`` for what the server reports. `RecError` with code `unreachable`,
    ///   `deadline-exceeded`, `connections-busy`, or `invalid-setting` for statements that begin or end a transaction.
    @concurrent
    public func run(_ statements: [PostgresStatement]) async throws -> [[PostgresRow]] {
        try await run(statements, isCounted: true)
    }

    private func run(_ statements: [PostgresStatement], isCounted: Bool) async throws -> [[PostgresRow]] {
        try PostgresTransaction.check(statements)
        guard !statements.isEmpty else { return [] }
        let deadline = self.deadline(for: statements)
        let readsOnly = statements.allSatisfy(\.readsOnly)
        var mayRepeat = readsOnly
        while true {
            let connection = try await connection(until: deadline)
            let result: Result<[[PostgresRow]], PooledConnection.Fault>
            do {
                result = try await exchange(statements, on: connection, until: deadline, isCounted: isCounted)
            } catch {
                // The thread never began.
                queue.giveBack(connection)
                throw error
            }
            let isTidy = connection.transactionState == .idle
            queue.giveBack(connection)
            switch result {
            case .success(let answers):
                guard isTidy else { throw PostgresTransaction.misuse }
                return answers
            case .failure(.broken) where mayRepeat:
                mayRepeat = false
            case .failure(let fault):
                throw error(for: fault, mayHaveEffect: !readsOnly)
            }
        }
    }

    /// Runs a body in a transaction on one connection.
    ///
    /// The transaction begins with the first statements, in the same round trip. A pool's connection is taken for as long
    /// as the body runs: do not wait for another one of the same pool in it.
    ///
    /// - Throws: What the body throws, after the transaction is rolled back; as ``run(_:)``. When the connection breaks
    ///   while the transaction is committed, the error says that the outcome is not known.
    @concurrent
    public func transaction<Value: Sendable>(
        _ body: @Sendable @concurrent (any PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let connection = try await connection(until: .now + settings.deadline)
        defer { queue.giveBack(connection) }
        let transaction = PostgresTransaction(pool: self, connection: connection)
        do {
            let value = try await body(transaction)
            try Task.checkCancellation()
            try await transaction.commit()
            return value
        } catch {
            await transaction.rollBack()
            throw error
        }
    }

    package var width: Int { min(settings.connections, Self.together) }

    /// More connections for one caller would take them from others and gain little on the cores of a server.
    private static let together = 4

    package func run(together batches: [[PostgresStatement]]) async throws -> [[[PostgresRow]]] {
        guard batches.count > 1 else { return [try await run(batches.first ?? [])] }
        return try await withThrowingTaskGroup(of: (Int, [[PostgresRow]]).self) { group in
            for (number, batch) in batches.enumerated() {
                group.addTask { (number, try await self.run(batch, isCounted: number == 0)) }
            }
            var answers = [[[PostgresRow]]](repeating: [], count: batches.count)
            for try await (number, answer) in group { answers[number] = answer }
            return answers
        }
    }

    func deadline(for statements: [PostgresStatement]) -> ContinuousClock.Instant {
        .now + (statements.map { $0.deadline ?? settings.deadline }.max() ?? settings.deadline)
    }

    /// Runs statements on a connection that this caller has; throws only when they were never sent.
    func exchange(
        _ statements: [PostgresStatement],
        on connection: PooledConnection,
        until deadline: ContinuousClock.Instant,
        isCounted: Bool = true
    ) async throws -> Result<[[PostgresRow]], PooledConnection.Fault> {
        try await travel(on: connection, isCounted: isCounted) { signal in
            connection.exchange(statements, until: deadline, signal: signal)
        }
    }

    /// Makes a round trip on a connection that this caller has; throws only when it never began.
    func travel<Answer: Sendable>(
        on connection: PooledConnection,
        isCounted: Bool = true,
        _ trip: @escaping @Sendable (CancellationSignal) -> Result<Answer, PooledConnection.Fault>
    ) async throws -> Result<Answer, PooledConnection.Fault> {
        let signal = CancellationSignal()
        return try await withTaskCancellationHandler {
            try await connection.thread.run { [self] in
                if isCounted { trips.add(1, ordering: .relaxed) }
                return trip(signal)
            }
        } onCancel: {
            signal.cancel()
        }
    }

    /// A connection that is alive, for this caller alone.
    func connection(until deadline: ContinuousClock.Instant) async throws -> PooledConnection {
        try Task.checkCancellation()
        // A connection that broke while it was idle leaves its place.
        if case .connection(let connection) = try await queue.take(until: deadline), connection.isAlive {
            return connection
        }
        do {
            return try await connect(until: deadline)
        } catch {
            queue.leave()
            throw error
        }
    }

    private func connect(until deadline: ContinuousClock.Instant) async throws -> PooledConnection {
        let signal = CancellationSignal()
        let thread = SerialThread()
        let limit = ContinuousClock.now + settings.connectDeadline
        let result = try await withTaskCancellationHandler {
            try await thread.run { [address] in
                PooledConnection.connect(address, thread: thread, until: min(deadline, limit), signal: signal)
            }
        } onCancel: {
            signal.cancel()
        }
        switch result {
        case .success(let connection): return connection
        case .failure(.late):
            throw RecError(
                deadline <= limit ? .deadlineExceeded : .unreachable,
                "\(address.withoutOptions) did not answer in time; no connection was made"
            )
        case .failure(let fault): throw error(for: fault, mayHaveEffect: false)
        }
    }

    func error(for fault: PooledConnection.Fault, mayHaveEffect: Bool) -> any Error {
        let effect = mayHaveEffect ? "; whether the statements took effect is not known" : ""
        return switch fault {
        case .refused(let failure): failure
        case .cancelled: CancellationError()
        case .late:
            RecError(.deadlineExceeded, "\(address.withoutOptions) did not answer in time\(effect)")
        case .broken(let message):
            RecError(.unreachable, "\(address.withoutOptions): \(Self.oneLine(message))\(effect)")
        }
    }

    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }.joined(separator: "; ")
    }
}
#endif

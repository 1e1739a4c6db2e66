#if Postgres
internal import RecCompute
internal import RecCore

/// A connection with blocking calls, for a thread of its own.
final class PooledConnection: Sendable {
    /// Why a call has no answer.
    enum Fault: Error {
        /// The server refused a statement; nothing has an effect.
        case refused(PostgresFailure)
        /// The connection could not be made or broke, with libpq's words.
        case broken(String)
        /// The time is over.
        case late
        case cancelled
    }

    /// How long a server may take to stop a statement before the connection is given up.
    static let patience: Duration = .seconds(1)

    private let handle: LibPQHandle
    private let pipe: WakePipe
    private let isGivenUp = LockedValue(false)

    /// Where the calls run, one after another.
    let thread: SerialThread

    private init(handle: LibPQHandle, pipe: WakePipe, thread: SerialThread) {
        self.thread = thread
        self.handle = handle
        self.pipe = pipe
    }

    /// Connects.
    static func connect(
        _ address: PostgresAddress,
        thread: SerialThread,
        until deadline: ContinuousClock.Instant,
        signal: CancellationSignal
    ) -> Result<PooledConnection, Fault> {
        let ours = [
            (name: "client_encoding", value: "UTF8"), (name: "fallback_application_name", value: "swift-recommend"),
        ]
        let parameters = address.parameters.map { (name: $0.name, value: $0.value) } + ours
        guard let pipe = WakePipe(), let handle = LibPQHandle(parameters: parameters) else {
            return .failure(.broken("this process has no more files or memory for a connection"))
        }
        return signal.listening(on: pipe) {
            // The first wait is for writing, as libpq's documentation has it.
            var step = handle.isBroken ? LibPQHandle.Progress.failed : .writing
            while true {
                switch step {
                case .connected:
                    guard handle.usePipeline() else { return .failure(.broken(handle.message)) }
                    return .success(PooledConnection(handle: handle, pipe: pipe, thread: thread))
                case .failed: return .failure(.broken(handle.message))
                case .reading, .writing:
                    let (reads, writes) = (step == .reading, step == .writing)
                    switch pipe.wait(for: handle.socket, reads: reads, writes: writes, until: deadline) {
                    case .deadline: return .failure(.late)
                    case .woken: return .failure(.cancelled)
                    case .ready: step = handle.connect()
                    }
                }
            }
        }
    }

    /// Whether an idle connection is as it was; never waits.
    var isAlive: Bool {
        // Notices and changed settings may have come; after the end of the connection, reading fails.
        for _ in 0..<16 where WakePipe.isReadable(handle.socket) {
            guard handle.consume() else { return false }
        }
        return !handle.isBroken && handle.transactionState == .idle
    }

    /// Whether another call can follow.
    var isUsable: Bool { !isGivenUp.withLock(\.self) && !handle.isBroken }

    var transactionState: LibPQHandle.TransactionState { handle.transactionState }

    /// Sends statements in one round trip and waits for all answers.
    func exchange(
        _ statements: [PostgresStatement],
        until deadline: ContinuousClock.Instant,
        signal: CancellationSignal
    ) -> Result<[[PostgresRow]], Fault> {
        let outcome = signal.listening(on: pipe) {
            var trip = RoundTrip(handle: handle, pipe: pipe, count: statements.count, deadline: deadline)
            return trip.run(statements, signal: signal)
        }
        if !outcome.isUsable { isGivenUp.withLock { $0 = true } }
        return outcome.result
    }

    /// Copies rows to a table and waits for the end.
    func copy(
        _ sql: String,
        _ rows: [UInt8],
        until deadline: ContinuousClock.Instant,
        signal: CancellationSignal
    ) -> Result<Void, Fault> {
        let (result, isUsable) = signal.listening(on: pipe) {
            var trip = CopyTrip(handle: handle, pipe: pipe, deadline: deadline, signal: signal)
            return trip.run(sql, rows)
        }
        if !isUsable { isGivenUp.withLock { $0 = true } }
        return result
    }
}
#endif

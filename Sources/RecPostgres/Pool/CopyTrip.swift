#if Postgres
/// One copy of rows to a table: a statement of SQL without parameters, then the rows.
///
/// A copy cannot be in a pipeline, so the connection leaves it for a while. Where time is over or the task is cancelled,
/// the connection is given up, and the server undoes what has come.
struct CopyTrip {
    private static let part = 1 << 17

    private let handle: LibPQHandle
    private let pipe: WakePipe
    private let deadline: ContinuousClock.Instant
    private let signal: CancellationSignal
    private var failure: PostgresFailure?

    init(handle: LibPQHandle, pipe: WakePipe, deadline: ContinuousClock.Instant, signal: CancellationSignal) {
        self.handle = handle
        self.pipe = pipe
        self.deadline = deadline
        self.signal = signal
    }

    /// Copies rows.
    ///
    /// - Parameters:
    ///   - sql: Statements that are one transaction; the last one begins to copy.
    ///   - rows: All bytes of the copy.
    /// - Returns: Why there is no copy, and whether another round trip can follow.
    mutating func run(_ sql: String, _ rows: [UInt8]) -> (result: Result<Void, PooledConnection.Fault>, isUsable: Bool)
    {
        guard handle.leavePipeline(), handle.send(simple: sql) else { return (.failure(broken), false) }
        do throws(PooledConnection.Fault) {
            try flush()
            if try takeResults() {
                for start in stride(from: 0, to: rows.count, by: Self.part) {
                    guard handle.copy(rows, start..<min(start + Self.part, rows.count)) else { throw broken }
                    try flush()
                }
                guard handle.endCopy() else { throw broken }
                try flush()
                guard try !takeResults() else { throw .broken("the server asks for a second copy") }
            }
        } catch {
            if case .broken = error {} else { _ = CancelRequest(handle.canceller(), waking: pipe) }
            return (.failure(error), false)
        }
        guard handle.usePipeline() else { return (.failure(broken), false) }
        return (failure.map { .failure(.refused($0)) } ?? .success(()), true)
    }

    /// Sends what is queued.
    private func flush() throws(PooledConnection.Fault) {
        while true {
            let unsent = handle.flush()
            guard unsent >= 0 else { throw broken }
            guard unsent > 0 else { return }
            try wait(writes: true)
        }
    }

    /// Takes results until the server wants the rows, which it answers with `true`, or has done everything.
    private mutating func takeResults() throws(PooledConnection.Fault) -> Bool {
        while true {
            while handle.isWaiting { try wait(writes: false) }
            switch handle.nextResult() {
            case .copying: return true
            case .failure(let fault):
                failure = failure ?? fault
                if handle.isBroken { throw .broken(fault.message) }
            case .end:
                if handle.isBroken { throw broken }
                return false
            case .unusable: throw .broken("a statement copies data in a way that a pool has no use for")
            case .rows, .skipped, .synced: continue
            }
        }
    }

    private func wait(writes: Bool) throws(PooledConnection.Fault) {
        switch pipe.wait(for: handle.socket, reads: true, writes: writes, until: deadline) {
        case .ready:
            guard handle.consume() else { throw broken }
        case .woken:
            pipe.drain()
            if signal.isCancelled { throw .cancelled }
        case .deadline: throw .late
        }
    }

    private var broken: PooledConnection.Fault { .broken(failure?.message ?? handle.message) }
}
#endif

#if Postgres
/// One round trip of a connection.
struct RoundTrip {
    struct Outcome {
        let result: Result<[[PostgresRow]], PooledConnection.Fault>
        /// Whether another round trip can follow; not where the server owes an answer still.
        let isUsable: Bool

        static func answered(_ result: Result<[[PostgresRow]], PooledConnection.Fault>) -> Outcome {
            Outcome(result: result, isUsable: true)
        }

        static func givenUp(_ fault: PooledConnection.Fault) -> Outcome {
            Outcome(result: .failure(fault), isUsable: false)
        }
    }

    private let handle: LibPQHandle
    private let pipe: WakePipe
    private let count: Int
    private var deadline: ContinuousClock.Instant

    private var answers: [[PostgresRow]] = []
    private var failure: PostgresFailure?
    private var rows: [PostgresRow]?
    /// Why the server was asked to stop.
    private var reason: PooledConnection.Fault?
    private var requests: [CancelRequest] = []

    init(handle: LibPQHandle, pipe: WakePipe, count: Int, deadline: ContinuousClock.Instant) {
        self.handle = handle
        self.pipe = pipe
        self.count = count
        self.deadline = deadline
    }

    mutating func run(_ statements: [PostgresStatement], signal: CancellationSignal) -> Outcome {
        for statement in statements where !handle.send(statement) { return .givenUp(.broken(handle.message)) }
        guard handle.sync() else { return .givenUp(.broken(handle.message)) }
        while true {
            let unsent = handle.flush()
            guard unsent >= 0 || !handle.isBroken else { return .givenUp(.broken(handle.message)) }
            if let outcome = takeResults() { return finish(outcome) }
            switch pipe.wait(for: handle.socket, reads: true, writes: unsent > 0, until: deadline) {
            case .ready:
                // What came before the end of the connection is read first, since it says why.
                guard handle.consume() else {
                    return takeResults().map { finish($0) } ?? .givenUp(.broken(said(handle.message)))
                }
            case .woken:
                pipe.drain()
                if signal.isCancelled, reason == nil { stop(.cancelled) }
            case .deadline:
                if reason == nil {
                    stop(.late)
                } else if requests.count == 1 {
                    // A request that comes before its statement has no effect.
                    stop(reason ?? .late)
                } else {
                    return .givenUp(reason ?? .late)
                }
            }
        }
    }

    /// Takes the results that have come, and says how it ends when that was all.
    private mutating func takeResults() -> Outcome? {
        while !handle.isWaiting {
            switch handle.nextResult() {
            case .rows(let some): rows = some
            case .failure(let fault):
                failure = failure ?? fault
                if handle.isBroken { return .givenUp(.broken(said(fault.message))) }
            case .skipped: continue
            case .unusable, .copying: return .givenUp(.broken("a statement copies data, which a pool has no use for"))
            case .end:
                if let some = rows { answers.append(some) }
                rows = nil
                if handle.isBroken { return .givenUp(.broken(said(handle.message))) }
            case .synced:
                if let failure { return .answered(.failure(.refused(failure))) }
                guard answers.count == count else { return .givenUp(.broken("the server left out an answer")) }
                return .answered(.success(answers))
            }
        }
        return nil
    }

    /// The server's last words where there are any.
    private func said(_ message: String) -> String { failure?.message ?? message }

    /// Asks the server to stop, on another thread, and gives it some time.
    private mutating func stop(_ reason: PooledConnection.Fault) {
        self.reason = reason
        deadline = .now + PooledConnection.patience / 2
        requests.append(CancelRequest(handle.canceller(), waking: pipe))
    }

    /// Waits for the requests to stop, so that none reaches the next statement of the connection.
    private func finish(_ outcome: Outcome) -> Outcome {
        guard let reason, outcome.isUsable else { return outcome }
        var answer = outcome.result
        if case .failure(.refused(let failure)) = answer, failure.state == "57014" { answer = .failure(reason) }
        while requests.contains(where: { !$0.isDone }) {
            // Waits for nothing but the requests.
            guard pipe.wait(for: -1, reads: false, writes: false, until: deadline) == .woken else {
                return Outcome(result: answer, isUsable: false)
            }
            pipe.drain()
        }
        return .answered(answer)
    }
}
#endif

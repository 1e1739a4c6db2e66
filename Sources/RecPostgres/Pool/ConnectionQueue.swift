#if Postgres
internal import RecCore
internal import RecCompute

/// The connections of a pool and the callers that wait for one, first come, first served.
final class ConnectionQueue: Sendable {
    /// What a caller gets.
    enum Grant: Sendable {
        /// A connection, to be given back.
        case connection(PooledConnection)
        /// The right to make a connection, to be given back with it or left.
        case place
    }

    private struct State {
        var idle: [PooledConnection] = []
        /// Connections and places that were granted or are idle.
        var taken = 0
        var waiters: [(id: Int, continuation: CheckedContinuation<Grant, any Error>)] = []
        var nextID = 0
        var isClosed = false
    }

    private let state = LockedValue(State())
    private let connections: Int
    private let waiting: Int

    init(connections: Int, waiting: Int) {
        self.connections = connections
        self.waiting = waiting
    }

    /// Waits for a connection or a place.
    func take(until deadline: ContinuousClock.Instant) async throws -> Grant {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        return try await withTaskCancellationHandler {
            var timer: Task<Void, Never>?
            defer { timer?.cancel() }
            return try await withCheckedThrowingContinuation { continuation in
                guard enqueue(id, continuation) else { return }
                timer = Task.detached {
                    guard (try? await ContinuousClock().sleep(until: deadline)) != nil else { return }
                    self.expire(id, Self.late)
                }
            }
        } onCancel: {
            expire(id, CancellationError())
        }
    }

    /// Grants what is there, or lets the caller wait, which it answers.
    private func enqueue(_ id: Int, _ continuation: CheckedContinuation<Grant, any Error>) -> Bool {
        let result: Result<Grant, any Error>? = state.withLock { state in
            if state.isClosed { return .failure(Self.closed) }
            if Task.isCancelled { return .failure(CancellationError()) }
            if let connection = state.idle.popLast() { return .success(.connection(connection)) }
            if state.taken < connections {
                state.taken += 1
                return .success(.place)
            }
            guard state.waiters.count < waiting else { return .failure(busy) }
            state.waiters.append((id, continuation))
            return nil
        }
        if let result { continuation.resume(with: result) }
        return result == nil
    }

    /// Ends a wait without a connection, if it has not ended yet.
    private func expire(_ id: Int, _ error: any Error) {
        let continuation = state.withLock { state in
            state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0).continuation }
        }
        continuation?.resume(throwing: error)
    }

    /// Takes back a connection, for the next caller if it can be used.
    func giveBack(_ connection: PooledConnection) {
        guard connection.isUsable, connection.transactionState == .idle else { return leave() }
        let next = state.withLock { state -> CheckedContinuation<Grant, any Error>? in
            if !state.waiters.isEmpty { return state.waiters.removeFirst().continuation }
            if state.isClosed { state.taken -= 1 } else { state.idle.append(connection) }
            return nil
        }
        next?.resume(returning: .connection(connection))
    }

    /// Gives back a place.
    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Grant, any Error>? in
            if !state.waiters.isEmpty { return state.waiters.removeFirst().continuation }
            state.taken -= 1
            return nil
        }
        next?.resume(returning: .place)
    }

    /// Ends all waits and drops the idle connections.
    func close() {
        let (waiters, idle) = state.withLock { state in
            defer { (state.waiters, state.idle, state.isClosed) = ([], [], true) }
            state.taken -= state.idle.count
            return (state.waiters, state.idle)
        }
        for waiter in waiters { waiter.continuation.resume(throwing: Self.closed) }
        withExtendedLifetime(idle) {}
    }

    private var busy: RecError {
        RecError(
            .connectionsBusy,
            "all \(connections) connections to the database are in use, and \(waiting) callers wait; try again later"
        )
    }

    private static let late = RecError(
        .deadlineExceeded,
        "all connections to the database were in use until the deadline; allow more connections or ask for less at once"
    )

    private static let closed = RecError(.unreachable, "the pool of connections to the database is closed")
}
#endif

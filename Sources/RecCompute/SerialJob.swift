/// A closure in the line of a ``SerialThread`` and the task that waits for it.
final class SerialJob<Value: Sendable>: Sendable {
    private enum State: Sendable {
        case new(@Sendable () throws -> Value)
        case waiting(@Sendable () throws -> Value, CheckedContinuation<Value, any Error>)
        /// Begun, or never to begin.
        case settled
    }

    private let state: LockedValue<State>

    init(_ body: @escaping @Sendable () throws -> Value) {
        state = LockedValue(.new(body))
    }

    /// Gives the job the task that waits for it; answers whether the job is to be run.
    func wait(_ continuation: CheckedContinuation<Value, any Error>) -> Bool {
        let isWanted = state.withLock { state in
            guard case .new(let body) = state else { return false }
            state = .waiting(body, continuation)
            return true
        }
        if !isWanted { continuation.resume(throwing: CancellationError()) }
        return isWanted
    }

    /// Lets the task go on without the closure, unless that has begun.
    func cancel() {
        settle()?.continuation?.resume(throwing: CancellationError())
    }

    /// Runs the closure, unless the job was cancelled.
    func run() {
        guard let (body, continuation) = settle(), let continuation else { return }
        continuation.resume(with: Result(catching: body))
    }

    private func settle() -> (
        body: @Sendable () throws -> Value, continuation: CheckedContinuation<Value, any Error>?
    )? {
        state.withLock { state in
            defer { state = .settled }
            return switch state {
            case .new(let body): (body, nil)
            case .waiting(let body, let continuation): (body, continuation)
            case .settled: nil
            }
        }
    }
}

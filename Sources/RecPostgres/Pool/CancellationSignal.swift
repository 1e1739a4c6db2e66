#if Postgres
internal import RecCompute

/// Tells a connection's thread that the task which waits for it was cancelled.
final class CancellationSignal: Sendable {
    private struct State {
        var isCancelled = false
        var pipe: WakePipe?
    }

    private let state = LockedValue(State())

    /// Whether the task was cancelled.
    var isCancelled: Bool { state.withLock(\.isCancelled) }

    /// Wakes the thread, now or as soon as it listens.
    func cancel() {
        state.withLock { state in
            state.isCancelled = true
            state.pipe?.wake()
        }
    }

    /// Runs a body whose waits a cancellation ends; after it, nothing of this signal is left in the pipe.
    func listening<Value>(on pipe: WakePipe, _ body: () -> Value) -> Value {
        state.withLock { state in
            state.pipe = pipe
            if state.isCancelled { pipe.wake() }
        }
        defer {
            state.withLock { $0.pipe = nil }
            pipe.drain()
        }
        return body()
    }
}
#endif

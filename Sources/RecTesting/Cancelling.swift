private import RecCompute

/// Runs an operation in a task that the operation itself can cancel, for example from its progress.
///
/// - Parameter operation: Gets what cancels the task that it runs in.
/// - Returns: What the operation returns.
/// - Throws: What the operation throws.
package func cancelling<Value: Sendable>(
    _ operation: @escaping @Sendable (_ cancel: @escaping @Sendable () -> Void) async throws -> Value
) async throws -> Value {
    let running = RunningTask<Value>()
    let (gate, opening) = AsyncStream<Void>.makeStream()
    let task = Task {
        for await _ in gate {}
        return try await operation { running.cancel() }
    }
    running.set(task)
    opening.finish()
    return try await task.value
}

/// The task that can be cancelled.
private final class RunningTask<Value: Sendable>: Sendable {
    private let task = LockedValue<Task<Value, any Error>?>(nil)

    func set(_ task: Task<Value, any Error>) {
        self.task.withLock { $0 = task }
    }

    func cancel() {
        task.withLock { $0 }?.cancel()
    }
}

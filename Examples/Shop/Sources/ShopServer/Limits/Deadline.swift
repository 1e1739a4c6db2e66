/// Calls a function that must end in time; afterwards its task is cancelled.
///
/// - Throws: `ShopError.tooSlow` after the time, and the errors of the function.
func withDeadline<Value: Sendable>(
    _ time: Duration,
    _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: time)
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let value = first else { throw ShopError.tooSlow }
        return value
    }
}

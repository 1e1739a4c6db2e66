internal import RecCore

extension PostgresFeed {
    /// Delivers changes as they come, until the task is cancelled.
    ///
    /// While the server cannot be reached, it is tried again. After an error of `apply` the same changes are delivered
    /// anew by the next call with the same mark.
    ///
    /// - Parameters:
    ///   - mark: Where to begin.
    ///   - interval: How long to wait before asking again when there are no changes.
    ///   - count: The largest number of changes that are delivered together.
    ///   - apply: Changes an index, then stores the mark of the changes.
    /// - Throws: The errors of `apply`; `RecError` with code `feed-unavailable`; ``PostgresFailure``;
    ///   `CancellationError` soon after the task is cancelled.
    @concurrent
    public func follow(
        from mark: Mark,
        every interval: Duration = .seconds(1),
        count: Int = 500,
        apply: @Sendable (Changes) async throws -> Void
    ) async throws {
        try await follow(from: mark, every: interval, count: count, failed: { _ in }, apply: apply)
    }

    /// As above; `failed` gets the error of each attempt that did not reach the server.
    @concurrent
    package func follow(
        from mark: Mark,
        every interval: Duration,
        count: Int,
        failed: @Sendable (any Error) -> Void,
        apply: @Sendable (Changes) async throws -> Void
    ) async throws {
        var mark = mark
        while true {
            try Task.checkCancellation()
            let changes: Changes
            do {
                changes = try await self.changes(since: mark, count: count)
            } catch let error where PostgresFailure.isPassing(error) {
                failed(error)
                try await Task.sleep(for: interval)
                continue
            }
            if changes.mark != mark { try await apply(changes) }
            mark = changes.mark
            if !changes.hasMore { try await Task.sleep(for: interval) }
        }
    }
}

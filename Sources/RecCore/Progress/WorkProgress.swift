/// The progress of a long operation.
///
/// Every long operation of this package reports this value. `done` never decreases within a phase. When an operation
/// succeeds, its last report counts all items as done. To stop an operation, cancel its task.
public struct WorkProgress: Sendable, Hashable {
    /// The phase, such as `embedding`; an operation may have several, one after another.
    public let phase: String

    /// The number of finished items, including failures.
    public let done: Int

    /// The total number of items, or `nil` when it is not known beforehand.
    public let total: Int?

    /// The number of items that failed.
    public let failures: Int

    /// The number of finished items whose result came from a cache.
    public let cached: Int

    /// The time since the operation began.
    package let elapsed: Duration

    /// Creates progress.
    package init(
        phase: String,
        done: Int,
        total: Int?,
        failures: Int = 0,
        cached: Int = 0,
        elapsed: Duration
    ) {
        self.phase = phase
        self.done = done
        self.total = total
        self.failures = failures
        self.cached = cached
        self.elapsed = elapsed
    }

    /// The number of items per second, without cached ones as soon as there are others; 0 at the start.
    package var itemsPerSecond: Double {
        let seconds = elapsed / .seconds(1)
        let counted = done > cached ? done - cached : done
        return seconds > 0 ? Double(counted) / seconds : 0
    }

    /// The estimated remaining time at this rate, or `nil` when it is unknown.
    package var timeLeft: Duration? {
        guard let total, itemsPerSecond > 0 else { return nil }
        return .seconds(Double(max(total - done, 0)) / itemsPerSecond)
    }
}

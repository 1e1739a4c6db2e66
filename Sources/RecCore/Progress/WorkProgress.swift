/// How far a long operation has come.
///
/// Every long operation of this package reports its progress with this value. `done` never falls within a phase, and
/// the last report of an operation that succeeds has everything done. An operation is stopped by cancelling its task.
public struct WorkProgress: Sendable, Hashable {
    /// What is being done, such as `embedding`; an operation of several phases reports them one after another.
    public let phase: String

    /// The number of items that are finished, whether well or not.
    public let done: Int

    /// The number of items altogether, or `nil` when it is not known beforehand.
    public let total: Int?

    /// The number of items that failed.
    public let failures: Int

    /// The number of finished items whose result came from a cache.
    public let cached: Int

    /// The time since the operation began.
    public let elapsed: Duration

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

    /// The number of items a second, those from the cache left out as soon as there are others; 0 at the start.
    public var itemsPerSecond: Double {
        let seconds = elapsed / .seconds(1)
        let counted = done > cached ? done - cached : done
        return seconds > 0 ? Double(counted) / seconds : 0
    }

    /// The time that the rest will take at this rate, or `nil` when that cannot be told.
    public var timeLeft: Duration? {
        guard let total, itemsPerSecond > 0 else { return nil }
        return .seconds(Double(max(total - done, 0)) / itemsPerSecond)
    }
}

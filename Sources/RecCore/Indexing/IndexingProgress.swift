/// How far a batch job has come.
public struct IndexingProgress: Sendable, Hashable {
    /// The number of products that are finished, whether well or not.
    public let done: Int

    /// The number of products altogether, or `nil` when it is not known beforehand.
    public let total: Int?

    /// The number of failures so far.
    public let failures: Int

    /// The number of products whose features came from the cache.
    public let cached: Int

    /// The time since the start.
    public let elapsed: Duration

    /// Creates progress.
    public init(done: Int, total: Int?, failures: Int, cached: Int, elapsed: Duration) {
        self.done = done
        self.total = total
        self.failures = failures
        self.cached = cached
        self.elapsed = elapsed
    }

    /// The number of products a second, those from the cache left out as soon as there are others; 0 at the start.
    public var productsPerSecond: Double {
        let seconds = elapsed / .seconds(1)
        let counted = done > cached ? done - cached : done
        return seconds > 0 ? Double(counted) / seconds : 0
    }

    /// The seconds that the rest will take at this rate, or `nil` when that cannot be told.
    public var secondsLeft: Double? {
        guard let total, productsPerSecond > 0 else { return nil }
        return Double(max(total - done, 0)) / productsPerSecond
    }
}

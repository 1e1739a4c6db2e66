internal import RecCore
internal import RecFiles

/// The state that only the writer of a live index may access.
struct LiveIndexWriter: Sendable {
    /// The end of the log; `nil` after the index was closed.
    var log: ChangeLog?

    /// The lock that excludes other writers.
    var lock: AppendFile?

    /// The oldest log whose changes are not in the segments.
    var firstGeneration: UInt64

    /// The number of the next segment file.
    var nextSegment: UInt64

    /// The bytes of changes that are not in the segments.
    var pendingSize: Int

    /// Parts in memory that are being written to a segment file.
    var frozen: Set<SegmentID> = []

    /// The running background work.
    var running: Set<LiveIndexCore.Work> = []

    /// Whether no more background work may begin.
    var isClosing = false

    /// The error of the last failed work of each kind, until work of that kind succeeds.
    var failures: [LiveIndexCore.Work: RecError] = [:]

    /// Takes the number for a new segment file.
    mutating func takeSegmentNumber() -> UInt64 {
        defer { nextSegment += 1 }
        return nextSegment
    }
}

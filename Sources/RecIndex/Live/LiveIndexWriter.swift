internal import RecCore
internal import RecFiles

/// What only the one that changes a live index may touch.
struct LiveIndexWriter: Sendable {
    /// The end of the log; `nil` after the index was closed.
    var log: ChangeLog?

    /// Keeps other writers out as long as it is there.
    var lock: AppendFile?

    /// The oldest log whose changes are not in the segments.
    var firstGeneration: UInt64

    /// The number that the next segment file gets.
    var nextSegment: UInt64

    /// The bytes of changes that are not in the segments.
    var pendingSize: Int

    /// Parts in memory that are being sealed.
    var frozen: Set<SegmentID> = []

    /// The work that goes on in the background.
    var running: Set<LiveIndexCore.Work> = []

    /// Whether no more work in the background should begin.
    var isClosing = false

    /// Why the last work of a kind failed, until work of that kind succeeds.
    var failures: [LiveIndexCore.Work: RecError] = [:]

    /// Takes the number for a new segment file.
    mutating func takeSegmentNumber() -> UInt64 {
        defer { nextSegment += 1 }
        return nextSegment
    }
}

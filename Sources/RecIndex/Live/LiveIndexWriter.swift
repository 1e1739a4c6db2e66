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

    /// What the status says; changed by the writer only, and read by anybody.
    let meter: LiveIndexMeter

    /// Parts in memory that are being written to a segment file.
    var frozen: Set<SegmentID> = []

    /// The running background work.
    var running: Set<LiveIndexCore.Work> = []

    /// Whether no more background work may begin.
    var isClosing = false

    /// The bytes of changes that are not in the segments.
    var pendingSize: Int {
        get { meter.pendingSize }
        nonmutating set { meter.pendingSize = newValue }
    }

    /// Why the last work of a kind failed, until work of that kind succeeds.
    var failures: [LiveIndexCore.Work: RecError] {
        get { meter.failures }
        nonmutating set { meter.failures = newValue }
    }

    /// Checks that the index was not closed.
    ///
    /// - Throws: `RecError` with code `unwritable`.
    func checkIsOpen(_ folder: LiveFolder) throws(RecError) {
        guard !isClosing, log != nil else {
            throw RecError(.unwritable, path: folder.path, "The index was closed. Open it again to change it.")
        }
    }

    /// Takes the number for a new segment file.
    mutating func takeSegmentNumber() -> UInt64 {
        defer { nextSegment += 1 }
        return nextSegment
    }
}

internal import RecCompute
public import RecCore

/// Reads the folder of a ``LiveIndex`` that this or another process changes.
///
/// ```swift
/// let index = try LiveIndexReader(path: "shop.live")
/// try await index.refresh()                       // now and then
/// let alike = try Recommender(index: index.snapshot).similar(to: "1163")
/// ```
/// It writes nothing and locks nothing, so any number of processes may read, even without write permission. It shows
/// the products of the last ``refresh()``, even after a compaction has removed their files.
public final class LiveIndexReader: LocalIndex {
    /// The folder.
    package let path: String

    private let published: LockedValue<Index>
    private let state: LockedValue<State>
    private let chosenEffort = LockedValue(SearchEffort.exact)

    /// Where asynchronous refreshes read.
    private let refreshes = SerialThread()

    /// The state of the last refresh.
    private struct State: Sendable {
        var manifestBytes: [UInt8]
        var position: LogScan.Position
    }

    /// Opens a folder.
    ///
    /// - Parameters:
    ///   - path: The folder.
    ///   - expected: Blocks that the index must have just so: pass those of the extractor and the encoder that queries
    ///     will be made with, so that an index built with other weights is refused here and not at the first query.
    /// - Throws: `RecError` with code `fileNotFound`, `unreadableFile`, `foreignFile`, `unsupportedVersion`,
    ///   `recipeMismatch`, `unfinishedIndex`, and `truncated` or `corrupt` when a file is not as it was written.
    /// - Complexity: O(size of the folder)
    public init(path: String, expecting expected: [EmbeddingSpace.Block] = []) throws(RecError) {
        let folder = LiveFolder(path: path)
        let content = try FolderContent(reading: folder)
        try content.manifest.space.check(expected, path: path)
        self.path = path
        published = LockedValue(content.snapshot)
        state = LockedValue(State(manifestBytes: content.manifestBytes, position: content.position))
    }

    /// The products of the last refresh, for several calls on the same state.
    public var snapshot: Index {
        var snapshot = shown
        snapshot.effort = effort
        return snapshot
    }

    /// The effort of searches to find the exact answer; it applies from the next search on.
    public var effort: SearchEffort {
        get { chosenEffort.withLock { $0 } }
        set { chosenEffort.withLock { $0 = newValue } }
    }

    private var shown: Index { published.withLock { $0 } }

    /// Reads the changes since the last refresh.
    ///
    /// Every call that was acknowledged before is seen. Searches go on meanwhile; a thread of the reader waits for the
    /// disk.
    ///
    /// - Returns: Whether there was something new.
    /// - Throws: `RecError` with code `fileNotFound`, `unreadableFile`, `foreignFile`, `unsupportedVersion`, `truncated`,
    ///   `corrupt`, or `unfinishedIndex` for a folder that took the place of this one; `CancellationError` when the task was cancelled before its turn. The reader shows what it showed before
    ///   then.
    /// - Complexity: O(size of the changes), and of the new segments when there are some.
    @discardableResult
    public func refresh() async throws -> Bool {
        try await refreshes.run { try self.refresh() }
    }

    /// The same on the calling thread.
    @discardableResult
    package func refresh() throws(RecError) -> Bool {
        try state.withLock { state throws(RecError) in
            let folder = LiveFolder(path: path)
            let current = shown
            try folder.requireFinished()
            if let next = try? Self.readOn(folder, current, &state) {
                publish(next)
                return next.version != current.version
            }
            let open = current.parts.all.compactMap { part in part.file.map { ($0, part.segment) } }
            let content = try FolderContent(reading: folder, reusing: Dictionary(open) { $1 })
            state.manifestBytes = content.manifestBytes
            state.position = content.position
            publish(content.snapshot)
            return content.snapshot.version != current.version
        }
    }

    private func publish(_ snapshot: Index) {
        let previous = published.withLock { current in
            let previous = current
            current = snapshot
            return previous
        }
        withExtendedLifetime(previous) {}
    }

    /// Reads the records added to the log, or returns `nil` when there are other changes.
    private static func readOn(
        _ folder: LiveFolder,
        _ current: Index,
        _ state: inout State
    ) throws(RecError) -> Index? {
        let commit = try FolderContent.commit(folder).point
        var scan = LogScan(folder: folder, space: current.space, commit: commit, from: state.position)
        try scan.run()
        // Checked last: if the manifest changed before, a log may have been removed while it was being read.
        guard !scan.isRewritten, try FolderContent.bytes(of: folder.manifest) == state.manifestBytes else { return nil }
        state.position = scan.position
        guard !scan.changes.isEmpty else { return current }
        return try scan.apply(to: current)
    }
}

internal import RecCompute
public import RecCore
internal import Synchronization

/// A collection of products in a folder that can change while it is searched.
///
/// ```swift
/// let index = try LiveIndex(path: "shop.live", space: embedder.space)
/// try await index.upsert(embedded)                // on the disk, and found from now on
/// try await index.remove("15970")
/// let alike = try Recommender(index: index.snapshot).similar(to: "1163")
/// ```
/// Any number of tasks may search and change it. A search uses one consistent state: all of a call's changes or none.
/// It never waits for a change, a segment write or a compaction. Changes are made one call after another; many products
/// in one call take as long as one.
///
/// Each call that makes changes has two forms. The asynchronous form waits for the disk on a thread of the index, so it
/// blocks neither the caller's actor nor the threads of the cooperative pool. If its task is cancelled before its turn,
/// it throws `CancellationError` and changes nothing; a call that has begun finishes. The synchronous form, for code
/// without tasks, waits on the calling thread.
///
/// Acknowledged changes survive the end of the process at any moment. One index at a time may change a folder; other
/// processes read it through a ``LiveIndexReader``. The same products give the same answers, regardless of the changes
/// that led to them.
public final class LiveIndex: LocalIndex {
    let core: LiveIndexCore

    /// The thread on which asynchronous changes wait for the disk.
    let changes = SerialThread()

    /// The thread of requested compactions, parallel to changes.
    let compactions = SerialThread()

    /// Opens the index in a folder.
    ///
    /// Its space and its notes are those of its creation, so a restarted process needs only the path.
    ///
    /// - Parameters:
    ///   - path: The folder.
    ///   - options: The use of memory, disk and background work.
    /// - Throws: `RecError` with code `fileNotFound` when there is no index, `invalidSetting` for options out of range,
    ///   `inUse` when another writer has the folder open, `unwritable`, `unreadableFile`, `foreignFile`,
    ///   `unsupportedVersion`, and `truncated` or `corrupt` when a file is damaged.
    /// - Complexity: O(size of the folder)
    public convenience init(path: String, options: Options = Options()) throws(RecError) {
        try self.init(path: path, creating: nil, options: options)
    }

    /// Opens the index in a folder, or creates an empty one if the folder is missing or empty.
    ///
    /// - Parameters:
    ///   - path: The folder; its parent folder must exist.
    ///   - space: The space of the embeddings; an existing index must have the same one.
    ///   - notes: Texts to store with a new index, by name; an existing index keeps its own.
    ///   - options: The use of memory, disk and background work.
    /// - Throws: `RecError`, as ``init(path:options:)`` does, with code `recipeMismatch` when the space differs, and
    ///   `foreignFile` when the folder has other contents.
    /// - Complexity: O(size of the folder)
    public convenience init(
        path: String,
        space: EmbeddingSpace,
        notes: [String: String] = [:],
        options: Options = Options()
    ) throws(RecError) {
        try self.init(path: path, creating: .init(space: space, notes: notes), options: options)
    }

    /// Opens or creates an index; background work waits for `pause` after a failure before it retries.
    init(
        path: String,
        creating new: LiveIndexCore.Creation?,
        options: Options,
        pause: Duration = .seconds(5)
    ) throws(RecError) {
        core = try LiveIndexCore(path: path, creating: new, options: options, pause: pause)
    }

    /// Opens an index with a pause before retries after a failure in the background, for tests.
    package convenience init(
        path: String,
        space: EmbeddingSpace,
        options: Options,
        pause: Duration
    ) throws(RecError) {
        try self.init(path: path, creating: .init(space: space, notes: [:]), options: options, pause: pause)
    }

    /// Waits for the background work, writes unflushed changes, and releases the lock.
    deinit {
        core.close()
    }

    /// The present products, for several calls on the same state.
    ///
    /// - Complexity: O(1)
    public var snapshot: Index { core.snapshot }

    /// The present state of the index; waits for a running change.
    public var status: Status {
        core.writer.withLock { writer in
            let snapshot = core.snapshot
            let memory = snapshot.parts.all.filter { $0.file == nil }
            return Status(
                count: snapshot.count,
                version: snapshot.version,
                segmentCount: snapshot.parts.all.count - memory.count,
                memoryCount: memory.reduce(0) { $0 + $1.liveCount },
                deadCount: snapshot.parts.all.reduce(0) { $0 + $1.deadCount },
                logSize: writer.pendingSize,
                maintenanceError: LiveIndexCore.Work.allCases.compactMap { writer.failures[$0] }.first
            )
        }
    }
}

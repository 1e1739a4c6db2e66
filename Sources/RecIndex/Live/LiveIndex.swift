internal import RecCompute
public import RecCore
internal import Synchronization

/// A collection of products that is changed while it is searched, kept in a folder.
///
/// ```swift
/// let index = try LiveIndex(path: "shop.live", space: embedder.space)
/// try await index.upsert(embedded)                // on the disk, and found from now on
/// try await index.remove("15970")
/// let alike = try Recommender(index: index.snapshot).similar(to: "1163")
/// ```
/// Any number of tasks may search and change it. A search sees one moment: all of a call's changes or none. It never
/// waits for a change, a sealing or a compaction. Changes are made one call after another; many products in one call take
/// as long as one.
///
/// Each call that changes something has two faces. The asynchronous one leaves the waiting for the disk to a thread of the
/// index, so neither the caller's actor nor the threads that tasks share stand still; a call whose task is cancelled
/// before its turn throws `CancellationError` and changes nothing, and one that has begun finishes. The synchronous one,
/// for code without tasks, waits on the calling thread.
///
/// What was acknowledged survives the end of the process at any moment. One index at a time may change a folder; other
/// processes read it through a ``LiveIndexReader``. The same products give the same answers, whatever the changes that
/// led to them.
public final class LiveIndex: LocalIndex {
    let core: LiveIndexCore

    /// Where asynchronous changes wait for the disk.
    let changes = SerialThread()

    /// Where compactions that are asked for run, beside the changes.
    let compactions = SerialThread()

    /// Opens the index in a folder.
    ///
    /// Its space and its notes are those that it was created with, so a process that starts again
    /// needs to know the path alone.
    ///
    /// - Parameters:
    ///   - path: The folder.
    ///   - options: How the index trades memory, disk and work in the background.
    /// - Throws: `RecError` with code `fileNotFound` when there is no index, `invalidSetting` for options out of range,
    ///   `inUse` when somebody else changes the folder, `unwritable`, `unreadableFile`, `foreignFile`,
    ///   `unsupportedVersion`, and `truncated` or `corrupt` when a file is not as it was written.
    /// - Complexity: O(size of the folder)
    public convenience init(path: String, options: Options = Options()) throws(RecError) {
        try self.init(path: path, creating: nil, options: options)
    }

    /// Opens the index in a folder, or makes one without products when there is no folder or nothing in it.
    ///
    /// - Parameters:
    ///   - path: The folder; the one that it lies in must exist.
    ///   - space: What the embeddings have in common; that of an index that exists must be the same.
    ///   - notes: Texts to keep with a new index, by name; an index that exists keeps those that it has.
    ///   - options: How the index trades memory, disk and work in the background.
    /// - Throws: `RecError`, as ``init(path:options:)`` does, with code `recipeMismatch` when the space is another one, and
    ///   `foreignFile` when the folder holds something else.
    /// - Complexity: O(size of the folder)
    public convenience init(
        path: String,
        space: EmbeddingSpace,
        notes: [String: String] = [:],
        options: Options = Options()
    ) throws(RecError) {
        try self.init(path: path, creating: .init(space: space, notes: notes), options: options)
    }

    /// Opens an index, or makes one; work in the background waits for `pause` after a failure before it tries again.
    init(
        path: String,
        creating new: LiveIndexCore.Creation?,
        options: Options,
        pause: Duration = .seconds(5)
    ) throws(RecError) {
        core = try LiveIndexCore(path: path, creating: new, options: options, pause: pause)
    }

    /// Opens an index that waits so long after a failure in the background before it tries again, for tests.
    package convenience init(
        path: String,
        space: EmbeddingSpace,
        options: Options,
        pause: Duration
    ) throws(RecError) {
        try self.init(path: path, creating: .init(space: space, notes: [:]), options: options, pause: pause)
    }

    /// Waits for the work in the background, writes what was not flushed, and lets other writers in.
    deinit {
        core.close()
    }

    /// The products at this moment, for several calls that must agree with each other.
    ///
    /// - Complexity: O(1)
    public var snapshot: Index { core.snapshot }

    /// What the index is made of at this moment; waits for a change that is being made.
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

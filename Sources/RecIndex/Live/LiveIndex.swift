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
/// The calls that change something leave the waiting for the disk to a thread of the index, so neither the caller's actor
/// nor the threads that tasks share stand still. A call whose task is cancelled before its turn throws
/// `CancellationError` and changes nothing; one that has begun finishes, except a compaction, which ends soon.
///
/// Close an index with ``close()`` before the last reference to it goes: what remains to be written is otherwise waited for
/// on the thread that drops that reference.
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

    private let chosenEffort = LockedValue(SearchEffort.exact)

    /// Opens the index in a folder.
    ///
    /// Its space and its notes are those of its creation, so a restarted process needs only the path.
    ///
    /// - Parameters:
    ///   - path: The folder.
    ///   - expected: Blocks that the index must have just so: pass those of the extractor and the encoder that products
    ///     and queries will be made with, so that an index built with other weights is refused here.
    ///   - options: How the index trades memory, disk and work in the background.
    /// - Throws: `RecError` with code `fileNotFound` when there is no index, `recipeMismatch` when it has other blocks than
    ///   those that are expected and before anything is changed, `invalidSetting` for options out of range,
    ///   `inUse` when somebody else changes the folder, `unfinishedIndex` when a publication has yet to fill it, `unwritable`, `unreadableFile`, `foreignFile`,
    ///   `unsupportedVersion`, and `truncated` or `corrupt` when a file is not as it was written.
    /// - Complexity: O(size of the folder)
    public convenience init(
        path: String,
        expecting expected: [EmbeddingSpace.Block] = [],
        options: Options = Options()
    ) throws(RecError) {
        try self.init(path: path, creating: nil, expecting: expected, options: options)
    }

    /// Opens the index in a folder, or creates an empty one if the folder is missing or empty.
    ///
    /// - Parameters:
    ///   - path: The folder; the one that it lies in must exist.
    ///   - space: What the embeddings have in common; that of an index that exists must be the same.
    ///   - notes: Texts to keep with a new index, by name; an index that exists keeps those that it has.
    ///   - options: How the index trades memory, disk and work in the background.
    /// - Throws: `RecError`, as ``init(path:expecting:options:)`` does, with code `recipeMismatch` when the space is another one, and
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

    /// Opens an index for a publication, also one that is not finished, or creates one where there is a space.
    ///
    /// Nobody else can open a new one until ``finishPublishing()`` was called.
    ///
    /// - Throws: As ``init(path:space:notes:options:)`` does.
    package convenience init(
        publishingTo path: String,
        space: EmbeddingSpace? = nil,
        notes: [String: String] = [:],
        options: Options = Options()
    ) throws(RecError) {
        let new = space.map { LiveIndexCore.Creation(space: $0, notes: notes, isUnfinished: true) }
        try self.init(path: path, creating: new, publishing: true, options: options)
    }

    /// Opens or creates an index; background work waits for `pause` after a failure before it retries.
    init(
        path: String,
        creating new: LiveIndexCore.Creation?,
        publishing isPublishing: Bool = false,
        expecting expected: [EmbeddingSpace.Block] = [],
        options: Options,
        pause: Duration = .seconds(5)
    ) throws(RecError) {
        core = try LiveIndexCore(
            path: path,
            creating: new,
            publishing: isPublishing,
            expecting: expected,
            options: options,
            pause: pause
        )
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

    // It waits, so that whoever opens the folder next finds it free; after `close()` there is nothing to wait for.
    /// Waits for the work in the background, writes what was not flushed, and lets other writers in.
    deinit {
        try? core.close()
    }

    /// The present products, for several calls on the same state.
    ///
    /// - Complexity: O(1)
    public var snapshot: Index {
        var snapshot = core.snapshot
        snapshot.effort = effort
        return snapshot
    }

    /// The effort of searches to find the exact answer; it applies from the next search on.
    ///
    /// ``Index/leastEffort(forRecall:count:sample:weighting:progress:)`` of a ``snapshot`` measures which one suffices.
    /// Measure again when most products have changed.
    public var effort: SearchEffort {
        get { chosenEffort.withLock { $0 } }
        set { chosenEffort.withLock { $0 = newValue } }
    }

    /// Runs `body` while all changes wait.
    package func withChangesHeld<Value>(_ body: () -> sending Value) -> sending Value {
        core.writer.withLock { _ in body() }
    }

    /// The error of the last segment write or compaction in the background, if it failed; the index retries it.
    ///
    /// No change is lost: all are in memory and in the log.
    public var maintenanceError: RecError? { status.maintenanceError }

    /// What the index is made of at this moment; never waits for a change.
    package var status: Status {
        let snapshot = core.snapshot
        let failures = core.meter.failures
        let memory = snapshot.parts.all.filter { $0.file == nil }
        return Status(
            count: snapshot.count,
            version: snapshot.version,
            segmentCount: snapshot.parts.all.count - memory.count,
            memoryCount: memory.reduce(0) { $0 + $1.liveCount },
            deadCount: snapshot.parts.all.reduce(0) { $0 + $1.deadCount },
            logSize: core.meter.pendingSize,
            maintenanceError: LiveIndexCore.Work.allCases.compactMap { failures[$0] }.first
        )
    }
}

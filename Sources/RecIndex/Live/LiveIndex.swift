public import RecCore
internal import Synchronization

/// A collection of products that is changed while it is searched, kept in a folder.
///
/// ```swift
/// let index = try LiveIndex(path: "shop.live", space: embedder.space)
/// try index.upsert(embedded)                      // on the disk, and found from now on
/// try index.remove(["15970"])
/// let alike = try Recommender(index: index.snapshot).similar(to: "1163")
/// ```
/// Any number of tasks may search and change it. A search sees one moment: all of a call's changes or none. It never
/// waits for a change, a sealing or a compaction. Changes are made one call after another, each on the calling thread,
/// which waits for the disk; many products in one call take as long as one.
///
/// What was acknowledged survives the end of the process at any moment. One index at a time may change a folder; other
/// processes read it through a ``LiveIndexReader``. The same products give the same answers, whatever the changes that
/// led to them.
public final class LiveIndex: LocalIndex {
    private let core: LiveIndexCore

    /// The folder.
    public var path: String { core.folder.path }

    /// How the index trades memory, disk and work in the background.
    public var options: Options { core.options }

    /// Opens the index in a folder, or makes one without products when there is no folder or nothing in it.
    ///
    /// - Parameters:
    ///   - path: The folder; the one that it lies in must exist.
    ///   - space: What the embeddings have in common; that of an index that exists must be the same.
    ///   - options: How the index trades memory, disk and work in the background.
    /// - Throws: `RecError` with code `inUse` when somebody else changes the folder, `recipeMismatch`,
    ///   `unwritable`, `unreadable`, `foreignFile` when the folder holds something else, `unsupportedVersion`, and
    ///   `truncated`, `corrupt` or `fileNotFound` when a file is not as it was written.
    /// - Complexity: O(size of the folder)
    public init(path: String, space: EmbeddingSpace, options: Options = Options()) throws(RecError) {
        core = try LiveIndexCore(path: path, space: space, options: options, pause: .seconds(5))
    }

    /// Opens an index that waits so long after a failure in the background before it tries again, for tests.
    package init(
        path: String,
        space: EmbeddingSpace,
        options: Options,
        pause: Duration
    ) throws(RecError) {
        core = try LiveIndexCore(path: path, space: space, options: options, pause: pause)
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

extension LiveIndex {
    /// Makes changes, all at once: a search sees all of them or none, and so does whoever opens the folder later.
    ///
    /// Of several changes of one product the last one counts.
    ///
    /// - Throws: `RecError`: `recipeMismatch`, `dimensionMismatch` or `noSharedBlock` when an embedding does not fit
    ///   the space, `invalidProduct` when an identifier is empty. `RecError` with code `unwritable`, for example
    ///   when the disk is full. Nothing is changed when it throws; later calls work when the reason is gone.
    /// - Complexity: O(*m* log *n*) for *m* changes, and one wait for the disk.
    public func apply(_ changes: some Sequence<Change>) throws {
        try core.apply(changes)
    }

    /// Adds products, or replaces those of the same identifiers.
    ///
    /// - Throws: As ``apply(_:)`` does; nothing is changed then.
    public func upsert(_ products: some Sequence<EmbeddedProduct>) throws {
        try apply(products.lazy.map { .upsert($0) })
    }

    /// Adds a product, or replaces the one of the same identifier.
    ///
    /// - Throws: As ``apply(_:)`` does; nothing is changed then.
    public func upsert(_ product: Product, _ embedding: Embedding) throws {
        try apply([.upsert(EmbeddedProduct(product: product, embedding: embedding))])
    }

    /// Removes products; identifiers that the index does not have are passed over.
    ///
    /// - Throws: As ``apply(_:)`` does; nothing is changed then.
    public func remove(_ ids: some Sequence<ProductID>) throws {
        try apply(ids.lazy.map { .remove($0) })
    }

    /// Returns when all changes are on the disk; needed with ``Durability/onFlush`` only.
    ///
    /// - Throws: `RecError` with code `unwritable`. When the disk has failed once, what it did not take is unknown:
    ///   later calls throw as well, until the index is opened anew.
    public func flush() throws(RecError) {
        try core.flush()
    }

    /// Makes one segment of everything and gives back the space of what was removed and replaced; returns when done.
    ///
    /// It happens by itself, piece by piece; call it after great changes, or for a folder that depends on its products
    /// alone: the same products give the same bytes of the segment, whatever the changes that led to them. Searches and
    /// changes go on meanwhile.
    ///
    /// - Throws: `RecError` with code `unwritable`; the index is as it was then.
    /// - Complexity: O(size of the index)
    public func compact() throws(RecError) {
        try core.compact()
    }
}

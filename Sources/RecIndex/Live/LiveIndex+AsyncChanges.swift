internal import RecCompute
public import RecCore

// Calls run on a thread of the index, in the order of their arrival; see ``LiveIndex``.
extension LiveIndex {
    /// Makes changes atomically and in their order; of several changes of one product the last one counts.
    ///
    /// - Throws: As ``change(upserting:removing:)`` does.
    package func apply(_ changes: some Sequence<Change>) async throws {
        _ = try await applied(Array(changes))
    }

    /// Adds a product, or replaces the one with the same identifier.
    ///
    /// - Throws: As ``change(upserting:removing:)`` does; nothing is then changed.
    public func upsert(_ product: EmbeddedProduct) async throws {
        _ = try await applied([.upsert(product)])
    }

    /// Removes a product.
    ///
    /// - Returns: Whether the index had the product.
    /// - Throws: As ``change(upserting:removing:)`` does; nothing is then changed.
    @discardableResult
    public func remove(_ id: ProductID) async throws -> Bool {
        try await applied([.remove(id)]) == 1
    }

    /// Returns when all changes are on the disk; needed with ``Durability/onFlush`` only.
    ///
    /// - Throws: `RecError` with code `unwritable`, also when the index was closed; `CancellationError` when the task was
    ///   cancelled before its turn. When the disk has failed once, what it did not take is unknown: later calls throw as
    ///   well, until the index is opened anew.
    public func flush() async throws {
        let core = core
        try await changes.run { try core.flush() }
    }

    /// Merges all products into one segment and frees the space of removed and replaced ones; returns when done.
    ///
    /// It happens by itself, piece by piece; call it after great changes, or for a folder that depends on its products
    /// alone: the same products give the same bytes of the segment, whatever the changes that led to them. Searches and
    /// changes go on meanwhile.
    ///
    /// - Parameter progress: Gets reports now and then.
    /// - Throws: `RecError` with code `unwritable`, also when the index was closed, and `corrupt` when a segment turns out
    ///   to be damaged; `CancellationError` soon after the task was cancelled. The products and their segments are as they
    ///   were then.
    /// - Complexity: O(size of the index)
    @concurrent
    public func compact(progress: (@Sendable (WorkProgress) -> Void)? = nil) async throws {
        let core = core
        let work = LongWrite("compacting", total: count, to: progress)
        try await work.run(on: compactions) { try core.compact(work) }
    }

    /// Lets others open an index that was created for a publication; all its changes are on the disk then.
    ///
    /// - Throws: `RecError` with code `unwritable`; `CancellationError` when the task was cancelled before its turn.
    package func finishPublishing() async throws {
        let core = core
        try await changes.run { try core.finishPublishing() }
    }

    /// Ends changing: finishes the calls that came before, puts all changes on the disk and lets other writers in.
    ///
    /// Searches go on; later changes throw `unwritable`. The thread of the index waits, and the cancellation of the task
    /// does not keep the index open. Closing again does nothing.
    ///
    /// - Throws: `RecError` with code `unwritable` when the disk did not take what was left; the index is closed then too.
    public func close() async throws {
        let (core, changes) = (core, changes)
        try await Task { try await changes.run { try core.close() } }.value
    }

    /// Makes changes on the thread of the index.
    ///
    /// - Returns: The number of products that were removed.
    func applied(_ steps: [Change]) async throws -> Int {
        let core = core
        return try await changes.run { try core.apply(steps) }
    }
}

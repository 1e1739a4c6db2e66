internal import RecCompute
public import RecCore

// Each call runs on a thread of the index, in the order in which they came; see ``LiveIndex``.
extension LiveIndex {
    /// Makes changes, all at once: a search sees all of them or none, and so does whoever opens the folder later.
    ///
    /// Of several changes of one product the last one counts.
    ///
    /// - Throws: As the synchronous call does, and `CancellationError` when the task was cancelled before its turn;
    ///   nothing is changed then.
    /// - Complexity: O(*m* log *n*) for *m* changes, and one wait for the disk.
    public func apply(_ changes: some Sequence<Change>) async throws {
        _ = try await applied(Array(changes))
    }

    /// Adds products, or replaces those of the same identifiers.
    ///
    /// - Throws: As `apply(_:)` does; nothing is changed then.
    public func upsert(_ products: some Sequence<EmbeddedProduct>) async throws {
        _ = try await applied(products.map { .upsert($0) })
    }

    /// Adds a product, or replaces the one of the same identifier.
    ///
    /// - Throws: As `apply(_:)` does; nothing is changed then.
    public func upsert(_ product: EmbeddedProduct) async throws {
        _ = try await applied([.upsert(product)])
    }

    /// Removes products; identifiers that the index does not have are passed over.
    ///
    /// - Returns: The number of products that there were.
    /// - Throws: As `apply(_:)` does; nothing is changed then.
    @discardableResult
    public func remove(_ ids: some Sequence<ProductID>) async throws -> Int {
        try await applied(ids.map { .remove($0) })
    }

    /// Removes a product.
    ///
    /// - Returns: Whether there was one of that identifier.
    /// - Throws: As `apply(_:)` does; nothing is changed then.
    @discardableResult
    public func remove(_ id: ProductID) async throws -> Bool {
        try await applied([.remove(id)]) == 1
    }

    /// Returns when all changes are on the disk; needed with ``Durability/onFlush`` only.
    ///
    /// - Throws: As the synchronous call does, and `CancellationError` when the task was cancelled before its turn.
    public func flush() async throws {
        let core = core
        try await changes.run { try core.flush() }
    }

    /// Makes one segment of everything and gives back the space of what was removed and replaced; returns when done.
    ///
    /// - Throws: As the synchronous call does, and `CancellationError` when the task was cancelled before its turn; the
    ///   index is as it was then.
    /// - Complexity: O(size of the index)
    public func compact() async throws {
        let core = core
        try await compactions.run { try core.compact() }
    }

    /// Makes changes on the thread of the index.
    ///
    /// - Returns: The number of products that were removed.
    private func applied(_ steps: [Change]) async throws -> Int {
        let core = core
        return try await changes.run { try core.apply(steps) }
    }
}

internal import RecCompute
public import RecCore

// Calls run on a thread of the index, in the order of their arrival; see ``LiveIndex``.
extension LiveIndex {
    /// Makes changes atomically: a search sees all of them or none, and so does a later reader of the folder.
    ///
    /// Of several changes of one product the last one counts.
    ///
    /// - Throws: As the synchronous call does, and `CancellationError` when the task is cancelled before its turn;
    ///   nothing is then changed.
    /// - Complexity: O(*m* log *n*) for *m* changes, and one wait for the disk.
    public func apply(_ changes: some Sequence<Change>) async throws {
        _ = try await applied(Array(changes))
    }

    /// Adds products, or replaces those with the same identifiers.
    ///
    /// - Throws: As `apply(_:)` does; nothing is then changed.
    public func upsert(_ products: some Sequence<EmbeddedProduct>) async throws {
        _ = try await applied(products.map { .upsert($0) })
    }

    /// Adds a product, or replaces the one with the same identifier.
    ///
    /// - Throws: As `apply(_:)` does; nothing is then changed.
    public func upsert(_ product: EmbeddedProduct) async throws {
        _ = try await applied([.upsert(product)])
    }

    /// Removes products; unknown identifiers are ignored.
    ///
    /// - Returns: The number of removed products.
    /// - Throws: As `apply(_:)` does; nothing is then changed.
    @discardableResult
    public func remove(_ ids: some Sequence<ProductID>) async throws -> Int {
        try await applied(ids.map { .remove($0) })
    }

    /// Removes a product.
    ///
    /// - Returns: Whether the index had the product.
    /// - Throws: As `apply(_:)` does; nothing is then changed.
    @discardableResult
    public func remove(_ id: ProductID) async throws -> Bool {
        try await applied([.remove(id)]) == 1
    }

    /// Returns when all changes are on the disk; needed with ``Durability/onFlush`` only.
    ///
    /// - Throws: As the synchronous call does, and `CancellationError` when the task is cancelled before its turn.
    public func flush() async throws {
        let core = core
        try await changes.run { try core.flush() }
    }

    /// Merges all products into one segment and frees the space of removed and replaced ones; returns when done.
    ///
    /// - Throws: As the synchronous call does, and `CancellationError` when the task is cancelled before its turn; the
    ///   index is then unchanged.
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

public import RecCore

extension LiveIndex: MutableSimilarityIndex {
    /// Makes changes atomically: a search sees all of them or none, and so does a later reader of the folder.
    ///
    /// Products are added, or replace those with the same identifiers. A product that is in both lists is removed.
    ///
    /// - Returns: The number of products that were removed.
    /// - Throws: `RecError`: `recipeMismatch`, `dimensionMismatch` or `noSharedBlock` when an embedding does not fit
    ///   the space, `invalidProduct` when an identifier is empty, `unwritable` when the disk is full, for example, or the
    ///   index was closed. `CancellationError` when the task was cancelled before its turn. Nothing is changed when it
    ///   throws; later calls work when the reason is gone.
    /// - Complexity: O(*m* log *n*) for *m* changes, and one wait for the disk.
    @discardableResult
    public func change(upserting products: [EmbeddedProduct], removing ids: [ProductID]) async throws -> Int {
        try await applied(products.map { .upsert($0) } + ids.map { .remove($0) })
    }
}

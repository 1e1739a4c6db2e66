package import RecCore

extension LiveIndex {
    /// Makes changes atomically: a search sees all of them or none, and so does a later reader of the folder.
    ///
    /// Of several changes of one product the last one counts.
    ///
    /// - Throws: `RecError`: `recipeMismatch`, `dimensionMismatch` or `noSharedBlock` when an embedding does not fit
    ///   the space, `invalidProduct` when an identifier is empty, `unwritable` when the disk is full, for example, or
    ///   the index was closed. When it throws, nothing is changed; later calls work once the cause is gone.
    /// - Complexity: O(*m* log *n*) for *m* changes, and one wait for the disk.
    package func apply(_ changes: some Sequence<Change>) throws(RecError) {
        try core.apply(changes)
    }

    /// Adds products, or replaces those with the same identifiers.
    ///
    /// - Throws: As `apply(_:)` does; nothing is then changed.
    package func upsert(_ products: some Sequence<EmbeddedProduct>) throws(RecError) {
        try core.apply(products.lazy.map { .upsert($0) })
    }

    /// Adds a product, or replaces the one with the same identifier.
    package func upsert(_ product: Product, _ embedding: Embedding) throws(RecError) {
        try upsert(CollectionOfOne(EmbeddedProduct(product: product, embedding: embedding)))
    }

    /// Removes products; unknown identifiers are ignored.
    ///
    /// - Returns: The number of removed products.
    /// - Throws: As `apply(_:)` does; nothing is then changed.
    @discardableResult
    package func remove(_ ids: some Sequence<ProductID>) throws(RecError) -> Int {
        try core.apply(ids.lazy.map { .remove($0) })
    }

    /// Returns when all changes are on the disk; needed with ``Durability/onFlush`` only.
    ///
    /// - Throws: `RecError` with code `unwritable`. After a failure of the disk the state of its data is unknown: later
    ///   calls throw as well, until the index is reopened.
    package func flush() throws(RecError) {
        try core.flush()
    }

    /// Merges all products into one segment and frees the space of removed and replaced ones; returns when done.
    ///
    /// The index also compacts automatically, in parts. Call this after large changes, or for a reproducible folder:
    /// the same products give the same bytes of the segment, regardless of the changes that led to them. Searches and
    /// changes continue meanwhile.
    ///
    /// - Throws: `RecError` with code `unwritable`; the index is then unchanged.
    /// - Complexity: O(size of the index)
    package func compact() throws(RecError) {
        try core.compact()
    }
}

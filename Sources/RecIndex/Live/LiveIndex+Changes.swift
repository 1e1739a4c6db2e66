public import RecCore

extension LiveIndex {
    /// Makes changes, all at once: a search sees all of them or none, and so does whoever opens the folder later.
    ///
    /// Of several changes of one product the last one counts.
    ///
    /// - Throws: `RecError`: `recipeMismatch`, `dimensionMismatch` or `noSharedBlock` when an embedding does not fit
    ///   the space, `invalidProduct` when an identifier is empty. `RecError` with code `unwritable`, for example
    ///   when the disk is full. Nothing is changed when it throws; later calls work when the reason is gone.
    /// - Complexity: O(*m* log *n*) for *m* changes, and one wait for the disk.
    public func apply(_ changes: some Sequence<Change>) throws(RecError) {
        try core.apply(changes)
    }

    /// Adds products, or replaces those of the same identifiers.
    ///
    /// - Throws: As `apply(_:)` does; nothing is changed then.
    public func upsert(_ products: some Sequence<EmbeddedProduct>) throws(RecError) {
        try core.apply(products.lazy.map { .upsert($0) })
    }

    /// Adds a product, or replaces the one of the same identifier.
    package func upsert(_ product: Product, _ embedding: Embedding) throws(RecError) {
        try upsert(CollectionOfOne(EmbeddedProduct(product: product, embedding: embedding)))
    }

    /// Removes products; identifiers that the index does not have are passed over.
    ///
    /// - Returns: The number of products that there were.
    /// - Throws: As `apply(_:)` does; nothing is changed then.
    @discardableResult
    public func remove(_ ids: some Sequence<ProductID>) throws(RecError) -> Int {
        try core.apply(ids.lazy.map { .remove($0) })
    }

    /// Returns when all changes are on the disk; needed with ``Durability/onFlush`` only.
    ///
    /// - Throws: `RecError` with code `unwritable`. When the disk has failed once, what it did not take is unknown:
    ///   later calls throw as well, until the index is opened anew.
    package func flush() throws(RecError) {
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
    package func compact() throws(RecError) {
        try core.compact()
    }
}

/// A similarity index whose products can be changed, in this process or across a network.
public protocol MutableSimilarityIndex: SimilarityIndex {
    /// Adds products, or replaces those with the same identifiers, and removes others; all or nothing.
    ///
    /// A product that is in both lists is removed. Of several products with one identifier the last one counts. Unknown
    /// identifiers are ignored.
    ///
    /// - Returns: The number of products that were removed.
    /// - Throws: ``RecError``: `recipeMismatch`, `dimensionMismatch` or `noSharedBlock` when an embedding does not fit
    ///   ``SimilarityIndex/space``, `invalidProduct` when a product cannot be stored, and errors of the index when it
    ///   cannot be reached. Nothing is then changed, unless the index says otherwise.
    @discardableResult
    func change(upserting products: [EmbeddedProduct], removing ids: [ProductID]) async throws -> Int
}

extension MutableSimilarityIndex {
    /// Adds products, or replaces those with the same identifiers.
    ///
    /// - Throws: As ``change(upserting:removing:)``.
    public func upsert(_ products: some Sequence<EmbeddedProduct>) async throws {
        try await change(upserting: Array(products), removing: [])
    }

    /// Removes products; unknown identifiers are ignored.
    ///
    /// - Returns: The number of products that were removed.
    /// - Throws: As ``change(upserting:removing:)``.
    @discardableResult
    public func remove(_ ids: some Sequence<ProductID>) async throws -> Int {
        try await change(upserting: [], removing: Array(ids))
    }
}

public import RecCore

extension LiveIndex: MutableSimilarityIndex {
    /// Makes changes atomically, as `apply(_:)` does.
    @discardableResult
    public func change(upserting products: [EmbeddedProduct], removing ids: [ProductID]) async throws -> Int {
        try await applied(products.map { .upsert($0) } + ids.map { .remove($0) })
    }
}

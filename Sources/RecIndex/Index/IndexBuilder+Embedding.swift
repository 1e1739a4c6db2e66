public import RecCore

extension IndexBuilder {
    /// Embeds products and adds those that have an embedding.
    ///
    /// ```swift
    /// var builder = IndexBuilder(space: embedder.space)
    /// let report = try await builder.add(products, embeddedBy: embedder)
    /// ```
    /// - Parameters:
    ///   - products: The products; no identifier should occur twice.
    ///   - embedder: The embedder, whose space is that of the builder.
    ///   - total: The number of products, if it is known; by default the count of a collection.
    ///   - progress: Gets the progress, at a steady pace and at the end.
    /// - Returns: The report. It lists the products that failed; they do not throw.
    /// - Throws: The errors of ``add(_:_:)``, `CancellationError` soon after the task is cancelled, and `RecError` with
    ///   code `invalidSetting` for settings of the embedder that are out of range.
    @concurrent
    public mutating func add(
        _ products: some Sequence<Product>,
        embeddedBy embedder: ProductEmbedder<some Sendable>,
        total: Int? = nil,
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) async throws -> IndexingReport {
        try await embedder.embed(
            products,
            total: total,
            receive: { try add($0.product, $0.embedding) },
            progress: progress
        )
    }
}

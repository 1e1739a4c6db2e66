public import RecCore

/// Collects products with their embeddings and makes an ``Index`` of them.
///
/// ```swift
/// var builder = IndexBuilder(space: embedder.space)
/// for item in embedded { try builder.add(item.product, item.embedding) }
/// let index = try await builder.build(threads: 4)
/// try await index.write(to: "shop.index")
/// ```
/// The order in which products are added makes no difference to the index or its file.
public struct IndexBuilder: Sendable {
    private var builder: SegmentBuilder

    /// Texts to keep with the index, by name: where it comes from, who made it.
    public var notes: [String: String] = [:]

    /// Creates a builder without products.
    ///
    /// - Parameters:
    ///   - space: What the embeddings have in common.
    ///   - capacity: The expected number of products, for which room is made at once.
    public init(space: EmbeddingSpace, capacity: Int = 0) {
        builder = SegmentBuilder(space: space, capacity: capacity)
    }

    /// What the embeddings have in common.
    package var space: EmbeddingSpace { builder.space }

    /// The number of products so far.
    public var count: Int { builder.count }

    /// Adds a product.
    ///
    /// - Throws: `RecError`: `recipeMismatch`, `dimensionMismatch` or `noSharedBlock` when the embedding does not
    ///   fit the space, `duplicateProduct` when a product of that identifier was added before, `invalidProduct` when the
    ///   identifier is empty or a block is a mixture. The builder is unchanged then.
    public mutating func add(_ product: Product, _ embedding: Embedding) throws(RecError) {
        try builder.add(product, embedding)
    }

    /// Makes the index, outside the caller's actor.
    ///
    /// - Parameters:
    ///   - codes: Whether it gets codes, by default from 1,000 products on.
    ///   - threads: How many threads work on the codes.
    ///   - progress: Gets reports now and then.
    /// - Returns: The index.
    /// - Throws: `RecError` with code `invalidSetting` for less than one thread, `CancellationError` soon after the task was
    ///   cancelled.
    /// - Complexity: O(*n* log *n* + *n* · dimension), and O(*n* · dimension · directions) for codes, with some 256
    ///   directions
    @concurrent
    public consuming func build(
        codes: Index.Codes = .automatic,
        threads: Int = 1,
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) async throws -> Index {
        let segment = builder.segment(notes: notes)
        try Task.checkCancellation()
        return try Index(segment).coded(codes, threads: threads, progress)
    }

    /// Makes the index on the calling thread.
    package consuming func build(codes: Index.Codes = .automatic, threads: Int = 1) throws -> Index {
        try Index(builder.segment(notes: notes)).coded(codes, threads: threads)
    }
}

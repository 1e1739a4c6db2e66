public import RecCore

/// Collects products with their embeddings and makes an ``Index`` of them.
///
/// ```swift
/// var builder = IndexBuilder(space: embedder.space)
/// for item in embedded { try builder.add(item.product, item.embedding) }
/// let index = try await builder.build(threads: 4)
/// try await index.write(to: "shop.index")
/// ```
/// The order in which products are added does not affect the index or its file.
public struct IndexBuilder: Sendable {
    private var builder: SegmentBuilder

    /// Texts to store with the index, by name, such as its source and its author.
    public var notes: [String: String] = [:]

    /// Creates a builder without products.
    ///
    /// - Parameters:
    ///   - space: The space of the embeddings.
    ///   - capacity: The expected number of products, a hint: memory for a million of them at most is reserved at once.
    public init(space: EmbeddingSpace, capacity: Int = 0) {
        builder = SegmentBuilder(space: space, capacity: min(max(capacity, 0), 1_000_000))
    }

    /// The space of the embeddings.
    package var space: EmbeddingSpace { builder.space }

    /// The number of products so far.
    package var count: Int { builder.count }

    /// Adds a product.
    ///
    /// - Throws: `RecError`: `recipeMismatch`, `dimensionMismatch` or `noSharedBlock` when the embedding does not fit
    ///   the space, `duplicateProduct` when a product of that identifier was added before, `invalidProduct` when the
    ///   identifier is empty or a block is a mixture. The builder is then unchanged.
    public mutating func add(_ product: Product, _ embedding: Embedding) throws(RecError) {
        try builder.add(product, embedding)
    }

    /// Builds the index, off the caller's actor.
    ///
    /// - Parameters:
    ///   - codes: The rule for codes; by default from 1,000 products on.
    ///   - graph: Whether there is a graph as well, for ``SearchEffort/navigating(candidates:)``.
    ///   - threads: The number of threads that compute codes and graph.
    ///   - progress: Gets the progress at intervals.
    /// - Returns: The index.
    /// - Throws: `RecError` with code `invalidSetting` unless there are 1 to 256 threads, `CancellationError` soon after
    ///   the task is cancelled.
    /// - Complexity: O(*n* log *n* + *n* · dimension), and O(*n* · dimension · directions) for codes, with some 256
    ///   directions
    @concurrent
    public consuming func build(
        codes: Index.Codes = .automatic,
        graph: Bool = false,
        threads: Int = 1,
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) async throws -> Index {
        let segment = builder.segment(notes: notes)
        try Task.checkCancellation()
        return try Index(segment).coded(codes, graph: graph, threads: threads, progress)
    }

    /// Builds the index on the calling thread.
    package consuming func build(
        codes: Index.Codes = .automatic,
        graph: Bool = false,
        threads: Int = 1
    ) throws -> Index {
        try Index(builder.segment(notes: notes)).coded(codes, graph: graph, threads: threads)
    }
}

/// The neighbours of one product of an index.
public struct ProductNeighbors: Sendable, Hashable {
    /// The product.
    public let id: ProductID

    /// Its neighbours, nearest first, without itself.
    public let neighbors: [Neighbor]

    /// Creates a row.
    public init(id: ProductID, neighbors: [Neighbor]) {
        self.id = id
        self.neighbors = neighbors
    }
}

extension SimilarityIndex {
    /// The neighbours of every product, for a table of similar products that is computed ahead.
    ///
    /// ```swift
    /// try await index.allNeighbors(count: 10, threads: 4, progress: { print($0) }) { row in
    ///     try file.write(row)
    /// }
    /// ```
    /// Products come in the order of their identifiers, whatever the number of threads, and a few thousand of them for each
    /// thread are held at a time. A product without an embedding has no neighbours.
    ///
    /// - Parameters:
    ///   - count: How many neighbours each product gets.
    ///   - weighting: How the cosines of the blocks become a score.
    ///   - threads: The number of batches of products that are worked on at the same time; as a rule the number of cores.
    ///   - progress: Called with the number of finished products, batch after batch.
    ///   - receive: Gets every product with its neighbours. When it throws, the job ends with that error.
    /// - Throws: `CancellationError` soon after the task was cancelled, what `receive` throws, and as ``search(_:)`` does.
    /// - Precondition: `threads` is greater than zero.
    /// - Complexity: O(*n*) queries
    public func allNeighbors(
        count: Int = 10,
        weighting: Weighting = .standard,
        threads: Int = 1,
        progress: (@Sendable (Int) -> Void)? = nil,
        receive: (ProductNeighbors) throws -> Void
    ) async throws {
        precondition(threads > 0, "threads must be greater than zero")
        guard count >= 0 else {
            throw RecError(.invalidQuery, "\(count) neighbours were asked for; the count must not be negative.")
        }
        let index = snapshot
        let ids = try await index.allIDs()
        try await ProductBatches(ids: ids, threads: threads, space: index.space).process { part in
            let rows = try await index.neighbors(of: part, count: count, weighting: weighting)
            return zip(part, rows).map { ProductNeighbors(id: $0, neighbors: $1) }
        } receive: { rows, done in
            for row in rows { try receive(row) }
            progress?(done)
        }
    }
}

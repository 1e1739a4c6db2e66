/// The neighbours of one product of an index.
public struct ProductNeighbors: Sendable, Hashable {
    /// The product.
    public let id: ProductID

    /// Its neighbours, nearest first, without itself.
    public let neighbors: [Neighbor]

    /// Creates a row.
    package init(id: ProductID, neighbors: [Neighbor]) {
        self.id = id
        self.neighbors = neighbors
    }
}

extension SimilarityIndex {
    /// The neighbours of every product, for a table of similar products that is computed ahead.
    ///
    /// ```swift
    /// try await index.allNeighbors(count: 10, threads: 4) { row in
    ///     try file.write(row)
    /// } progress: {
    ///     print($0.done)
    /// }
    /// ```
    /// Products come in the order of their identifiers, whatever the number of threads, and a few thousand of them for each
    /// thread are held at a time. A product without an embedding has no neighbours.
    ///
    /// - Parameters:
    ///   - count: How many neighbours each product gets.
    ///   - weighting: How the cosines of the blocks become a score.
    ///   - threads: The number of batches of products that are worked on at the same time; as a rule the number of cores.
    ///   - receive: Gets every product with its neighbours. When it throws, the job ends with that error.
    ///   - progress: Is told how far the job has come, batch after batch.
    /// - Throws: `CancellationError` soon after the task was cancelled, what `receive` throws, ``RecError`` with code
    ///   `invalidSetting` when `threads` is less than 1, and as ``search(_:)`` does.
    /// - Complexity: O(*n*) queries
    @concurrent public func allNeighbors(
        count: Int = 10,
        weighting: Weighting = .standard,
        threads: Int = 1,
        receive: (ProductNeighbors) throws -> Void,
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) async throws {
        guard threads > 0 else {
            throw RecError(.invalidSetting, "'threads' is \(threads); it must be at least 1.")
        }
        guard count >= 0 else {
            throw RecError(.invalidQuery, "\(count) neighbours were asked for; the count must not be negative.")
        }
        let index = snapshot
        let ids = try await index.allIDs()
        let reporter = ProgressReporter("searching", total: ids.count, to: progress)
        try await ProductBatches(ids: ids, threads: threads, space: index.space).process { part in
            let rows = try await index.neighbors(of: part, count: count, weighting: weighting)
            return zip(part, rows).map { ProductNeighbors(id: $0, neighbors: $1) }
        } receive: { rows, done in
            for row in rows { try receive(row) }
            reporter.report(done: done)
        }
    }
}

/// The neighbours of one product of an index.
package struct ProductNeighbors: Sendable, Hashable {
    /// The product.
    package let id: ProductID

    /// Its neighbours, nearest first, without itself.
    package let neighbors: [Neighbor]

    /// Creates a row.
    package init(id: ProductID, neighbors: [Neighbor]) {
        self.id = id
        self.neighbors = neighbors
    }
}

extension SimilarityIndex {
    /// The neighbours of every product, for a precomputed table of similar products.
    ///
    /// ```swift
    /// try await index.allNeighbors(count: 10, threads: 4) { id, neighbors in
    ///     try file.write(id, neighbors)
    /// } progress: {
    ///     print($0.done)
    /// }
    /// ```
    /// Products come in the order of their identifiers for any number of threads. A few thousand of them are held at a
    /// time for each thread. A product without an embedding has no neighbours.
    ///
    /// - Parameters:
    ///   - count: The number of neighbours of each product.
    ///   - weighting: How the cosines of the blocks become a score.
    ///   - threads: The number of batches of products that are processed at the same time; as a rule the number of
    ///     cores.
    ///   - receive: Gets every product with its neighbours, nearest first, without itself. When it throws, the job ends with that error.
    ///   - progress: Gets the progress after each batch.
    /// - Throws: `CancellationError` soon after the task is cancelled; the errors of `receive`; ``RecError`` with code
    ///   `invalidSetting` when `threads` is less than 1; the errors of ``search(_:)``.
    /// - Complexity: O(*n*) queries
    @concurrent public func allNeighbors(
        count: Int = 10,
        weighting: Weighting = .standard,
        threads: Int = 1,
        receive: (ProductID, [Neighbor]) throws -> Void,
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
            for row in rows { try receive(row.id, row.neighbors) }
            reporter.report(done: done)
        }
    }
}

public import RecCore

/// Products whose pictures are so similar that they may be the same product.
///
/// ```swift
/// let twins = try await NearDuplicates.find(in: index, threshold: 0.99, threads: 4)
/// for group in twins.groups { print(group) }
/// ```
public struct NearDuplicates: Sendable {
    /// Two similar products.
    public struct Pair: Sendable, Hashable {
        /// The product whose identifier comes first.
        public let first: ProductID
        /// The other product.
        public let second: ProductID
        /// The cosine of their blocks.
        public let cosine: Double
    }

    /// The least cosine of a pair.
    package let threshold: Double

    /// The most similar pairs, ordered by cosine and then by identifiers; at most the requested number.
    public let pairs: [Pair]

    /// The number of pairs found, in ``pairs`` or not.
    package let pairCount: Int

    /// Products that pairs link directly or through other products; the largest group first, each ascending by
    /// identifier.
    public let groups: [[ProductID]]

    /// The number of products with more neighbours above the threshold than were examined; pairs of these may be
    /// missing.
    package let crowdedCount: Int

    /// Finds pairs among all products of an index.
    ///
    /// The nearest neighbours of each product are searched. Union-find links similar products into groups, so a chain
    /// of small differences makes one group. Memory is bounded by the number of products and `limit`.
    ///
    /// - Parameters:
    ///   - index: The index; a live index is searched in its present state.
    ///   - threshold: The least cosine of a pair.
    ///   - block: The block to compare.
    ///   - neighbors: The number of neighbours of each product to examine, 1 or more. A larger group is still found if
    ///     links connect it, but some of its pairs may be missing.
    ///   - limit: The number of best pairs to keep; 1 or more.
    ///   - threads: The number of batches of products that are processed at the same time; as a rule the number of
    ///     cores.
    ///   - progress: Gets the number of finished products.
    /// - Returns: The pairs and groups.
    /// - Throws: `RecError` with code `invalidQuery` when the threshold is NaN, `noSharedBlock` when the index has no
    ///   such block, `invalidSetting` when a setting is out of its range; `CancellationError` soon after the task is
    ///   cancelled; the errors of `SimilarityIndex.search(_:)`.
    /// - Complexity: O(*n*) queries
    @concurrent
    public static func find(
        in index: some SimilarityIndex,
        threshold: Double = 0.98,
        block: BlockName = .image,
        neighbors: Int = 32,
        limit: Int = 1000,
        threads: Int = 1,
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) async throws -> NearDuplicates {
        let settings = [("neighbors", neighbors), ("limit", limit), ("threads", threads)]
        if let (name, value) = settings.first(where: { $0.1 < 1 }) {
            throw RecError(
                .invalidSetting,
                "The search for near-duplicates has \(name) \(value); it must be 1 or more."
            )
        }
        guard index.space.blocks.contains(where: { $0.name == block }) else {
            throw RecError(.noSharedBlock, "The index has no block '\(block)' to find near-duplicates by.")
        }
        let weighting = Weighting(try BlockWeights([block: 1]))
        let products = try await IndexedProducts(index)
        // One more than is examined, to detect further ones.
        let wanted = min(neighbors, products.ids.count) + 1
        let reporter = ProgressReporter("near-duplicates", total: products.ids.count, to: progress)
        var pairs = DuplicatePairs(productCount: products.ids.count, limit: limit)
        try await ProductBatches(ids: products.ids, threads: threads, space: index.space).process { part in
            try await products.index.neighbors(
                of: part,
                count: wanted,
                weighting: weighting,
                minimumScore: threshold,
                blocks: .only([block])
            )
        } receive: { answers, done in
            for answer in answers {
                let found = answer.compactMap { neighbor in
                    products[neighbor.id].map { DuplicatePairs.Link(product: $0, cosine: neighbor.score) }
                }
                pairs.add(found.prefix(neighbors), isCrowded: found.count > neighbors)
            }
            reporter.report(done: done)
        }
        return pairs.report(threshold: threshold, ids: products.ids)
    }
}

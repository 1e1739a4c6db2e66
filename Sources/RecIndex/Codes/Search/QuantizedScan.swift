internal import RecCore
internal import RecFiles

/// One query prepared for a ``QuantizedSearch``.
struct QuantizedScan {
    let exact: ExactScan
    let query: SearchQuery
    let block: QuantizedBlock
    let kernelQuery: CodeQuery
    let effort: SearchEffort
    /// The codes with the patterns for the query.
    let table: CodeTable

    private let bounds: QueryBounds

    /// The number of neighbours from which a comparison with all products is as fast.
    private static let mostWanted = 2000

    /// Prepares a query, or returns `nil` when codes do not help: the score is not a weighted mean or has no weight for
    /// the vectors, the query has no vector or uses a block without groups, or it wants a large part of all products.
    ///
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    init?(
        _ query: SearchQuery,
        _ exact: ExactScan,
        in table: BlockTable,
        _ block: QuantizedBlock,
        effort: SearchEffort,
        projections: inout QueryProjections
    ) throws(RecError) {
        let blocks = table.space.blocks
        let weights = query.weighting.blocks
        guard query.weighting.fusion == nil, query.count > 0,
            query.count < min(table.rowCount / 8, Self.mostWanted),
            weights[blocks[block.position].name] > 0,
            let vector = query.embedding[blocks[block.position].name]?.vector,
            let patterns = try block.patterns(for: query)
        else { return nil }
        self.query = query
        self.block = block
        self.effort = effort
        self.exact = exact
        self.table = patterns.table
        let projection = projections.projection(of: vector.components, on: block.codes)
        bounds = QueryBounds(projection, block.codes, share: effort.share)
        let terms = try patterns.slots.terms(weight: weights[blocks[block.position].name]) {
            position throws(RecError) in
            (weights[blocks[position].name], try exact.groupBounds(position) ?? [])
        }
        kernelQuery = bounds.kernelQuery(patterns: terms)
    }

    /// The best rows of a selection, best first; when few reach the query's least score, none need be found to raise it.
    func bestRows(in selection: RowSelection, isBarHigh: Bool) throws(RecError) -> [BestRows.Entry] {
        var search = try QuantizedSearch(self, in: selection)
        if !isBarHigh { try search.seed() }
        try search.settle(0..<block.lists.count)
        return search.finish()
    }

    /// For each list, an estimate and an upper bound of the scores of its products.
    func listScores() -> (estimates: [Float], limits: [Float]) {
        let stored = block.codes
        var products = [Float](repeating: 0, count: max(stored.lists, 1))
        stored.centers.withSpan { centers in
            DotProduct.rows(centers, count: stored.lists, query: bounds.head.span, into: &products)
        }
        var estimates = [Float](repeating: 0, count: stored.lists)
        var limits = estimates
        for list in estimates.indices {
            let middle = products[list] + bounds.base
            let known = block.lists[list]
            estimates[list] = middle + known.meanOffset
            let spread = bounds.headNorm * known.radius + bounds.tail * known.greatestTail + bounds.rest
            limits[list] = kernelQuery.greatestScore(cosine: middle + known.greatestOffset + spread)
        }
        return (estimates, limits)
    }
}

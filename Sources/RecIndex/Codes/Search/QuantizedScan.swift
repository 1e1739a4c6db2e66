internal import RecCore
internal import RecFiles

/// One query prepared for a ``QuantizedSearch``.
struct QuantizedScan {
    let exact: ExactScan
    let query: SearchQuery
    let block: QuantizedBlock
    let kernelQuery: CodeQuery
    let effort: SearchEffort

    private let bounds: QueryBounds

    /// Neighbours from which on comparing with all products is as good.
    private static let mostWanted = 2000

    /// Prepares a query, or gives `nil` when codes are of no help: the fusion has no weights or none for the vectors, the
    /// query has no vector, or a large part of all products is wanted.
    init?(
        _ query: SearchQuery,
        _ exact: ExactScan,
        in table: BlockTable,
        _ block: QuantizedBlock,
        effort: SearchEffort,
        projections: inout QueryProjections
    ) {
        guard query.weighting.fusion == nil, query.count > 0,
            query.count < min(table.rowCount / 8, Self.mostWanted),
            case .dense(let vector) = query.embedding[table.space.blocks[block.densePosition].name]
        else { return nil }
        let weights = query.weighting.blocks
        let denseWeight = weights[table.space.blocks[block.densePosition].name]
        guard denseWeight > 0 else { return nil }
        self.query = query
        self.block = block
        self.effort = effort
        self.exact = exact
        let projection = projections.projection(of: vector.components, on: block.codes)
        bounds = QueryBounds(projection, block.codes, share: effort.share)
        var patterns: [Float] = []
        if let position = block.oneHotPosition, case .oneHot(let oneHot) = table.blocks[position] {
            let name = table.space.blocks[position].name
            let weight = weights[name]
            patterns.reserveCapacity(2 * oneHot.patterns.count + 2)
            if weight > 0, let cosines = exact.cosinesOfPatterns(position) {
                let total = denseWeight + weight
                for cosine in cosines {
                    patterns.append(cosine.isNaN ? 1 : Float(denseWeight / total))
                    patterns.append(cosine.isNaN ? 0 : Float(weight * cosine / total))
                }
            } else {
                patterns = [Float](repeating: 0, count: 2 * oneHot.patterns.count)
                for pattern in oneHot.patterns.indices { patterns[2 * pattern] = 1 }
            }
        }
        kernelQuery = bounds.kernelQuery(patterns: patterns + [1, 0])
    }

    /// The best rows of a selection, best first; when few reach the query's least score, none need be found to raise it.
    func bestRows(in selection: RowSelection, isBarHigh: Bool) throws(RecIndexError) -> [BestRows.Entry] {
        var search = try QuantizedSearch(self, in: selection)
        if !isBarHigh { try search.seed() }
        try search.settle(0..<block.lists.count)
        return search.finish()
    }

    /// For each list, what its products are expected to score, and what none of them can exceed.
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

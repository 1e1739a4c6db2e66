internal import RecCore
internal import RecFiles

/// A search for one query by a graph: the nodes that it expects to score best are compared by exact vectors.
struct GraphSearch {
    private let exact: ExactScan
    private let query: SearchQuery
    private let block: GraphBlock
    private let nodeQuery: NodeQuery
    private let patterns: NodePatterns?
    private let candidates: Int

    /// The number of neighbours from which a comparison with all products is as fast.
    private static let mostWanted = 2000
    /// The share of products that match below which others are left out on the way, not afterwards.
    private static let mostMatch = 0.5

    /// Candidates that are compared whatever is expected of them, so that there are errors to judge the others by.
    private static let leastCompared = 8

    /// Prepares a query, or returns `nil` when a graph does not help: the score is not a weighted mean or has no weight
    /// for the vectors, the query has no vector or uses a block without groups, or it wants a large part of all
    /// products.
    ///
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    init?(
        _ query: SearchQuery,
        _ exact: ExactScan,
        in table: BlockTable,
        _ block: GraphBlock,
        candidates: Int
    ) throws(RecError) {
        let blocks = table.space.blocks
        let weights = query.weighting.blocks
        let weight = weights[blocks[block.position].name]
        guard query.weighting.fusion == nil, query.count > 0,
            query.count < min(table.rowCount / 8, Self.mostWanted), weight > 0,
            let vector = query.embedding[blocks[block.position].name]?.vector,
            let slots = try block.patterns(for: query)
        else { return nil }
        self.exact = exact
        self.query = query
        self.block = block
        self.candidates = candidates
        nodeQuery = NodeQuery(vector.components, on: block.graph)
        if slots.count > 1 {
            let terms = try slots.terms(weight: weight) { position throws(RecError) in
                (weights[blocks[position].name], try exact.groupBounds(position) ?? [])
            }
            patterns = NodePatterns(checked: slots.patternOfSlot, numbers: terms)
        } else {
            patterns = nil
        }
    }

    /// The best rows of a selection, best first; `nil` when another way is expected to be faster, or fewer were found
    /// than are wanted.
    ///
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    func bestRows(in selection: RowSelection, codes: CodeShape?) throws(RecError) -> [BestRows.Entry]? {
        let wanted = min(max(candidates, query.count), block.graph.shape.count) + selection.excludedCount
        let matching = selection.matchingCount
        let cost = GraphCost(
            candidates: wanted,
            matching: matching,
            shape: block.graph.shape,
            walk: block.walk,
            codes: codes
        )
        guard cost.favoursGraph else { return nil }
        let isRare = Double(matching) < Self.mostMatch * Double(block.graph.shape.count)
        let found = block.search(
            nodeQuery,
            patterns: patterns,
            allowed: isRare ? selection.isSelected?.bits(of: block.graph.rows) : nil,
            width: cost.width,
            wanted: isRare ? wanted : cost.width
        )
        var best = BestRows(limit: query.count)
        let minimum = query.minimumScore ?? -.infinity
        try exact.offer(block.looseRows.filter { selection.contains(Int($0)) }, to: &best)
        var (rows, estimates): ([UInt32], [Double]) = ([], [])
        rows.reserveCapacity(found.count)
        estimates.reserveCapacity(found.count)
        block.graph.rows.withSpan { rowOfNode in
            for candidate in found {
                let row = rowOfNode[Int(candidate.node)]
                guard selection.contains(Int(row)) else { continue }
                rows.append(row)
                estimates.append(Double(candidate.score))
            }
        }
        var scores = CandidateScores(exact, rows)
        var errors = EstimateErrors()
        for (place, estimate) in estimates.enumerated() {
            // The rest is expected to score less, and unlikely to be better than expected by so much.
            if let least = best.least, place >= Self.leastCompared, errors.likelyMost(estimate) < least { break }
            guard let score = try scores.score(at: place) else { continue }
            if score >= minimum { best.offer(.init(score: score, row: Int(rows[place]))) }
            errors.add(score - estimate)
        }
        guard best.isFull || query.minimumScore != nil && rows.count >= query.count else { return nil }
        return best.sorted()
    }
}

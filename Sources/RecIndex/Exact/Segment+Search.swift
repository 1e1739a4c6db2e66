internal import RecCore

extension Segment {
    /// Products of a filter's answer, in thousandths of all, up to which each of them is compared.
    private static let fewMatching = 30

    /// The best rows of a selection, best first, by codes where the segment has them and they help.
    ///
    /// - Precondition: `exact` is the query prepared for this segment, and wants a product at least.
    func bestRows(
        _ query: SearchQuery,
        _ exact: ExactScan,
        in selection: RowSelection,
        effort: SearchEffort = .exact
    ) throws(RecIndexError) -> [BestRows.Entry] {
        let isLarge = selection.matchingCount * 1000 > Self.fewMatching * count
        if isLarge, let codes, let scan = QuantizedScan(query, exact, in: self, codes, effort: effort) {
            return try scan.bestRows(in: selection)
        }
        return try exact.bestRows(in: selection)
    }

    /// The answer to a query.
    func neighbors(
        _ query: SearchQuery,
        in selection: RowSelection,
        effort: SearchEffort
    ) throws(RecIndexError) -> [Neighbor] {
        guard query.count > 0 else { return [] }
        let scan = ExactScan(query, in: self)
        return try scan.neighbors(bestRows(query, scan, in: selection, effort: effort), of: products)
    }
}

internal import RecCore

extension Segment {
    /// Products of a filter's answer, in thousandths of all, up to which each of them is compared.
    private static let fewMatching = 30

    /// The best rows of a selection, best first, by codes where the segment has them and they help.
    func bestRows(
        _ query: SearchQuery,
        in selection: RowSelection,
        effort: SearchEffort = .exact
    ) throws(RecIndexError) -> [BestRows.Entry] {
        guard query.count > 0 else { return [] }
        return try bestRows(query, ExactScan(query, in: self), in: selection, effort: effort)
    }

    /// What a row is in an answer to the query.
    func neighbor(_ entry: BestRows.Entry, for query: SearchQuery) throws(RecIndexError) -> Neighbor {
        Neighbor(
            id: products.id(of: entry.row),
            score: entry.score,
            cosines: try ExactScan(query, in: self).cosines(of: entry.row)
        )
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

    private func bestRows(
        _ query: SearchQuery,
        _ exact: ExactScan,
        in selection: RowSelection,
        effort: SearchEffort
    ) throws(RecIndexError) -> [BestRows.Entry] {
        let isLarge = !selection.isFiltered || selection.matchingCount * 1000 > Self.fewMatching * count
        if isLarge, let codes, let scan = QuantizedScan(query, exact, in: self, codes, effort: effort) {
            return try scan.bestRows(in: selection)
        }
        return try exact.bestRows(in: selection)
    }
}

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
        if let codes, let scan = QuantizedScan(query, in: self, codes, effort: effort),
            !selection.isFiltered || selection.matchingCount * 1000 > Self.fewMatching * count
        {
            return try scan.bestRows(in: selection)
        }
        return try ExactScan(query, in: self).bestRows(in: selection)
    }

    /// What rows are in an answer to the query.
    func neighbors(_ entries: [BestRows.Entry], for query: SearchQuery) throws(RecIndexError) -> [Neighbor] {
        let scan = ExactScan(query, in: self)
        return try entries.map { entry throws(RecIndexError) in
            Neighbor(id: products.id(of: entry.row), score: entry.score, cosines: try scan.cosines(of: entry.row))
        }
    }

    /// What a row is in an answer to the query.
    func neighbor(_ entry: BestRows.Entry, for query: SearchQuery) throws(RecIndexError) -> Neighbor {
        Neighbor(
            id: products.id(of: entry.row),
            score: entry.score,
            cosines: try ExactScan(query, in: self).cosines(of: entry.row)
        )
    }
}

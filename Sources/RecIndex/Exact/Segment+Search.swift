internal import RecCore

extension Segment {
    /// The best rows of a selection, best first; exact.
    func bestRows(_ query: SearchQuery, in selection: RowSelection) throws(RecIndexError) -> [BestRows.Entry] {
        query.count > 0 ? try ExactScan(query, in: self).bestRows(in: selection) : []
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

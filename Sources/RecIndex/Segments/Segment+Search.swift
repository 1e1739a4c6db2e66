internal import RecCore

extension Segment {
    /// Products of a filter's answer, in thousandths of all, up to which each of them is compared.
    private static let fewMatching = 30

    /// Whether a selection has so many rows that codes help.
    func isLarge(_ selection: RowSelection) -> Bool {
        selection.matchingCount * 1000 > Self.fewMatching * count
    }

    /// The best rows of a selection, best first, by codes where the segment has them and they help.
    ///
    /// - Parameters:
    ///   - query: The query.
    ///   - exact: The query prepared for this segment.
    ///   - selection: The rows to look at.
    ///   - effort: How sure the search makes itself.
    ///   - isBarHigh: Whether the least score of the query is one that few reach, from a search elsewhere.
    ///   - projections: Those of the query's dense vector.
    /// - Returns: The rows, best first.
    /// - Throws: ``RecIndexError`` with code `corrupt` when a file turns out to be damaged.
    /// - Precondition: The query wants a product at least.
    func bestRows(
        _ query: SearchQuery,
        _ exact: ExactScan,
        in selection: RowSelection,
        effort: SearchEffort = .exact,
        isBarHigh: Bool = false,
        projections: inout QueryProjections
    ) throws(RecIndexError) -> [BestRows.Entry] {
        if isLarge(selection), let codes,
            let scan = QuantizedScan(query, exact, in: self, codes, effort: effort, projections: &projections)
        {
            return try scan.bestRows(in: selection, isBarHigh: isBarHigh)
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
        var projections = QueryProjections()
        let rows = try bestRows(query, scan, in: selection, effort: effort, projections: &projections)
        return try scan.neighbors(rows, of: products)
    }
}

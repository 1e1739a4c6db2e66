internal import RecCore

extension Segment {
    /// Products of a filter's answer, in thousandths of all, up to which each of them is compared.
    private static let fewMatching = 30

    /// The search by codes for a query, or `nil` when the segment has none or they are of no help.
    ///
    /// - Parameters:
    ///   - query: The query.
    ///   - exact: The query prepared for this segment.
    ///   - selection: The rows to look at.
    ///   - effort: How sure the search makes itself.
    ///   - projections: Those of the query's dense vector.
    /// - Returns: The search.
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    func quantizedScan(
        _ query: SearchQuery,
        _ exact: ExactScan,
        in selection: RowSelection,
        effort: SearchEffort,
        projections: inout QueryProjections
    ) throws(RecError) -> QuantizedScan? {
        guard let codes, selection.matchingCount * 1000 > Self.fewMatching * count else { return nil }
        return try QuantizedScan(query, exact, in: embeddings, codes, effort: effort, projections: &projections)
    }

    /// The best rows of a selection, best first, by codes where they help.
    ///
    /// - Parameters:
    ///   - query: The query.
    ///   - exact: The query prepared for this segment.
    ///   - selection: The rows to look at.
    ///   - effort: How sure the search makes itself.
    ///   - isBarHigh: Whether the least score of the query is one that few reach, from a search elsewhere.
    ///   - projections: Those of the query's dense vector.
    /// - Returns: The rows, best first.
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    /// - Precondition: The query wants a product at least.
    func bestRows(
        _ query: SearchQuery,
        _ exact: ExactScan,
        in selection: RowSelection,
        effort: SearchEffort,
        isBarHigh: Bool,
        projections: inout QueryProjections
    ) throws(RecError) -> [BestRows.Entry] {
        if case .navigating(let candidates) = effort, let graph {
            let search = try GraphSearch(query, exact, in: embeddings, graph, candidates: candidates)
            if let rows = try search?.bestRows(in: selection, codes: codes?.codes.shape) { return rows }
        }
        let scan = try quantizedScan(query, exact, in: selection, effort: effort, projections: &projections)
        guard let scan else { return try exact.bestRows(in: selection) }
        return try scan.bestRows(in: selection, isBarHigh: isBarHigh)
    }
}

internal import RecCore

extension IndexParts {
    /// Queries that are prepared at a time.
    private static let mostTogether = 2048

    /// The answer to a valid query, nearest first; the same for the same products, however they lie in parts.
    ///
    /// - Throws: `RecError`, and `RecError` with code `corrupt` when a file turns out to be damaged.
    func neighbors(_ query: SearchQuery, effort: SearchEffort) throws -> [Neighbor] {
        guard query.count > 0 else { return [] }
        var search = PartSearch(query, in: all)
        for number in largestFirst { try search.search(number, effort: effort) }
        return try search.neighbors()
    }

    /// The answers to several valid queries; the same as one after another.
    ///
    /// - Throws: `CancellationError` soon after the task was cancelled, and as ``neighbors(_:effort:)`` does.
    func neighbors(forAll queries: [SearchQuery], effort: SearchEffort) throws -> [[Neighbor]] {
        guard effort == .exact, queries.count > 1, all.contains(where: { $0.segment.codes != nil }) else {
            return try queries.map { query in
                try Task.checkCancellation()
                return try neighbors(query, effort: effort)
            }
        }
        return try stride(from: 0, to: queries.count, by: Self.mostTogether).flatMap { start in
            let end = min(start + Self.mostTogether, queries.count)
            return try JointSearch(Array(queries[start..<end]), in: self).answers()
        }
    }
}

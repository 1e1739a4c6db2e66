public import RecCore

extension QuantizedIndex {
    /// The answers to several queries, one after another.
    ///
    /// - Throws: `CancellationError` soon after the task was cancelled, and as ``neighbors(_:)`` does for any of them.
    public func neighbors(forAll queries: [SearchQuery]) throws -> [[Neighbor]] {
        for query in queries { try query.validate(in: space) }
        return try queries.map { query in
            try Task.checkCancellation()
            return try segment.neighbors(query, in: segment.selection(for: query), effort: effort)
        }
    }
}

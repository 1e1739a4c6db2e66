public import RecCore

extension QuantizedIndex {
    /// Queries that go through the codes together.
    private static let groupCount = 16
    /// Lists whose head codes stay in the second cache while the queries of a group take turns: 256 KB.
    private static let cacheCount = 256 << 10

    /// The answers to several queries; the same as one after another.
    ///
    /// The codes are read once for several queries, so a whole catalogue takes less than as many single ones.
    ///
    /// - Throws: As ``neighbors(_:)`` does for any of them.
    public func neighbors(forAll queries: [SearchQuery]) throws -> [[Neighbor]] {
        for query in queries { try query.validate(in: space) }
        return try stride(from: 0, to: queries.count, by: Self.groupCount).flatMap { start in
            try answers(to: Array(queries[start..<min(start + Self.groupCount, queries.count)]))
        }
    }

    /// The answers to some valid queries.
    private func answers(to queries: [SearchQuery]) throws -> [[Neighbor]] {
        try Task.checkCancellation()
        guard let codes = segment.codes else {
            return try queries.map { try segment.neighbors($0, in: segment.selection(for: $0), effort: effort) }
        }
        var answers = [[Neighbor]](repeating: [], count: queries.count)
        var searches: [(number: Int, exact: ExactScan, search: QuantizedSearch)] = []
        for (number, query) in queries.enumerated() {
            let selection = try segment.selection(for: query)
            guard query.count > 0 else { continue }
            let exact = ExactScan(query, in: segment)
            var projections = QueryProjections()
            if let scan = QuantizedScan(
                query,
                exact,
                in: segment,
                codes,
                effort: effort,
                projections: &projections
            ) {
                var search = try QuantizedSearch(scan, in: selection)
                try search.seed()
                searches.append((number, exact, search))
            } else {
                answers[number] = try exact.neighbors(exact.bestRows(in: selection), of: segment.products)
            }
        }
        var first = 0
        while first < codes.lists.count, !searches.isEmpty {
            var end = first + 1
            let size = codes.codes.headCount * ProductCodes.lanes
            while end < codes.lists.count, (codes.starts[end + 1] - codes.starts[first]) * size <= Self.cacheCount {
                end += 1
            }
            for position in searches.indices { searches[position].search.collect(first..<end) }
            first = end
        }
        for position in searches.indices {
            let rows = try searches[position].search.finish()
            answers[searches[position].number] = try searches[position].exact.neighbors(rows, of: segment.products)
        }
        return answers
    }
}

internal import RecCore

/// Exact searches for several queries that go through the codes together.
///
/// Queries that are near the same lists form a group, whose members take turns at a few lists at a time: what one reads of
/// heads, middles and vectors is in the cache for the others.
struct JointSearch {
    private let queries: [SearchQuery]
    private let parts: IndexParts
    /// The projections of each query's dense vector where they were made with the others.
    private let projections: [QueryProjections]
    /// The queries in the order of the lists that they are near.
    private let order: [Int]

    /// Queries of a group, and patterns of all of them together: a query has two numbers for each.
    private static let mostMembers = 128
    private static let mostPatterns = 1 << 22
    /// Queries from which on one product of matrices takes less time than a product for each.
    private static let manyQueries = 32

    /// A query of a group that searches a part by codes.
    private struct Member {
        let position: Int
        let exact: ExactScan
        var search: QuantizedSearch
    }

    /// - Precondition: The queries are valid.
    init(_ queries: [SearchQuery], in parts: IndexParts) {
        self.queries = queries
        self.parts = parts
        var projections = [QueryProjections](repeating: QueryProjections(), count: queries.count)
        var nearest = [Int](repeating: 0, count: queries.count)
        // Of several parts the largest one says which queries are alike.
        var isLargest = true
        for block in Self.blocks(of: parts) {
            let vectors = Self.vectors(of: queries, block, in: parts.space)
            guard vectors.count >= Self.manyQueries else { continue }
            let found = QueryProjection.all(vectors.map(\.components), on: block.codes)
            for (number, projection) in zip(vectors.map(\.number), found) {
                projections[number].insert(projection, on: block.codes)
                if isLargest { nearest[number] = block.nearestList(to: projection) }
            }
            isLargest = false
        }
        self.projections = projections
        order = queries.indices.sorted { (nearest[$0], $0) < (nearest[$1], $1) }
    }

    /// The answers, in the order of the queries.
    func answers() throws -> [[Neighbor]] {
        var answers = [[Neighbor]](repeating: [], count: queries.count)
        let patterns = try parts.all.reduce(0) { try $0 + mostPatterns($1) }
        let size = max(1, min(Self.mostMembers, Self.mostPatterns / max(patterns, 1)))
        for start in stride(from: 0, to: order.count, by: size) {
            let group = order[start..<min(start + size, order.count)].filter { queries[$0].count > 0 }
            var searches = group.map { number in
                PartSearch(queries[number], in: parts.all, projections: projections[number])
            }
            for part in parts.largestFirst { try search(part, &searches) }
            for (number, search) in zip(group, searches) { answers[number] = try search.neighbors() }
        }
        return answers
    }

    /// The greatest number of patterns of a part for a query.
    private func mostPatterns(_ part: IndexPart) throws(RecError) -> Int {
        guard let codes = part.segment.codes else { return 0 }
        var most = 0
        for query in queries { most = max(most, try codes.patterns(for: query)?.slots.count ?? 0) }
        return most
    }

    /// Searches a part for the queries of a group.
    private func search(_ number: Int, _ searches: inout [PartSearch]) throws {
        let part = parts.all[number]
        var members: [Member] = []
        for position in searches.indices {
            try Task.checkCancellation()
            let query = searches[position].query
            let selection = try part.selection(for: query)
            let exact = ExactScan(query, in: part.segment.embeddings)
            let scan = try part.segment.quantizedScan(
                query,
                exact,
                in: selection,
                effort: .exact,
                projections: &searches[position].projections
            )
            if let scan {
                var search = try QuantizedSearch(scan, in: selection)
                if !searches[position].isBarHigh { try search.seed() }
                members.append(Member(position: position, exact: exact, search: search))
            } else {
                searches[position].take(try exact.bestRows(in: selection), exact, of: number)
            }
        }
        for lists in part.segment.codes?.steps ?? [] {
            try Task.checkCancellation()
            for position in members.indices { try members[position].search.settle(lists) }
        }
        for member in members {
            searches[member.position].take(member.search.finish(), member.exact, of: number)
        }
    }

    /// A block of codes for each set of directions, that of the largest part first.
    private static func blocks(of parts: IndexParts) -> [QuantizedBlock] {
        var origins: Set<ObjectIdentifier> = []
        return parts.largestFirst.compactMap { parts.all[$0].segment.codes }
            .filter { origins.insert(ObjectIdentifier($0.codes.origin)).inserted }
    }

    /// The dense vectors of the queries that have one and want a product at least.
    private static func vectors(
        of queries: [SearchQuery],
        _ block: QuantizedBlock,
        in space: EmbeddingSpace
    ) -> [(number: Int, components: [Float])] {
        let name = space.blocks[block.position].name
        return queries.indices.compactMap { number in
            guard queries[number].count > 0, let vector = queries[number].embedding[name]?.vector else { return nil }
            return (number, vector.components)
        }
    }
}

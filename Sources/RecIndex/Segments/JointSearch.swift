internal import RecCore

/// Exact searches for several queries that go through the codes together.
///
/// Queries that are near the same lists form a group, whose members take turns at a few lists at a time: what one reads of
/// heads, middles and vectors is in the cache for the others.
struct JointSearch {
    private let queries: [SearchQuery]
    private let segment: Segment
    private let block: QuantizedBlock
    /// The projection of each query's dense vector where it was made with the others.
    private let projections: [QueryProjection?]
    /// The queries in the order of the lists that they are near.
    private let order: [Int]

    /// Queries of a group, and patterns of all of them together: a query has two numbers for each.
    private static let mostMembers = 128
    private static let mostPatterns = 1 << 22
    /// Queries from which on one product of matrices takes less time than a product for each.
    private static let manyQueries = 32

    /// A query of a group.
    private struct Member {
        let number: Int
        let exact: ExactScan
        var search: QuantizedSearch
    }

    /// - Precondition: The queries are valid, and `block` is the segment's.
    init(_ queries: [SearchQuery], in segment: Segment, _ block: QuantizedBlock) {
        self.queries = queries
        self.segment = segment
        self.block = block
        var projections = [QueryProjection?](repeating: nil, count: queries.count)
        var nearest = [Int](repeating: 0, count: queries.count)
        let name = segment.space.blocks[block.densePosition].name
        let dense = queries.indices.filter { queries[$0].count > 0 && queries[$0].embedding[name] != nil }
        if dense.count >= Self.manyQueries {
            let vectors: [[Float]] = dense.map { number in
                guard case .dense(let vector) = queries[number].embedding[name] else {
                    preconditionFailure("a valid query has a vector for a dense block")
                }
                return vector.components
            }
            for (number, projection) in zip(dense, QueryProjection.all(vectors, on: block.codes)) {
                projections[number] = projection
                nearest[number] = block.nearestList(to: projection)
            }
        }
        self.projections = projections
        order = queries.indices.sorted { (nearest[$0], $0) < (nearest[$1], $1) }
    }

    /// The answers, in the order of the queries.
    func answers() throws -> [[Neighbor]] {
        var answers = [[Neighbor]](repeating: [], count: queries.count)
        let size = max(1, min(Self.mostMembers, Self.mostPatterns / block.table.patternCount))
        for start in stride(from: 0, to: order.count, by: size) {
            var members: [Member] = []
            for number in order[start..<min(start + size, order.count)] {
                try Task.checkCancellation()
                let selection = try segment.selection(for: queries[number])
                guard queries[number].count > 0 else { continue }
                let exact = ExactScan(queries[number], in: segment)
                if let search = try search(number, exact, in: selection) {
                    members.append(Member(number: number, exact: exact, search: search))
                } else {
                    answers[number] = try exact.neighbors(exact.bestRows(in: selection), of: segment.products)
                }
            }
            for lists in block.steps {
                try Task.checkCancellation()
                for position in members.indices { try members[position].search.settle(lists) }
            }
            for member in members {
                answers[member.number] = try member.exact.neighbors(member.search.finish(), of: segment.products)
            }
        }
        return answers
    }

    /// The search for a query, with its first good products, or `nil` when codes are of no help.
    private func search(
        _ number: Int,
        _ exact: ExactScan,
        in selection: RowSelection
    ) throws(RecIndexError) -> QuantizedSearch? {
        var known = projections[number].map { QueryProjections($0, on: block.codes) } ?? QueryProjections()
        guard segment.isLarge(selection),
            let scan = QuantizedScan(queries[number], exact, in: segment, block, effort: .exact, projections: &known)
        else { return nil }
        var search = try QuantizedSearch(scan, in: selection)
        try search.seed()
        return search
    }
}

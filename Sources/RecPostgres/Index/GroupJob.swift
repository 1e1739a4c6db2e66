internal import RecCore
internal import RecEngines

/// The search for a query with groups in one round trip, by a window over products of equal values; an approximate one by
/// the graph, and by that window in the same statement where the products near the query are too few.
///
/// Of products with the same values of the grouped attributes no more than the greatest limit are in an answer, and
/// those are the first ones: when one of them finds no place, neither does a later one. So SQL returns the first of
/// each such set, and some more, since its scores are rounded; what it leaves out is in no answer unless many are tied.
struct GroupJob {
    /// Products of equal values beyond those that may be in an answer.
    private static let slack = 4
    /// Rows may always take this much, so that groups that fill up late need no further search.
    private static let answerBytes = 1 << 20
    private static let mostRows = 4096
    /// Counts from which groups are searched in another way.
    private static let many = 500

    private let statements: SearchStatements
    private let scoring: CandidateScoring
    private let query: SearchQuery
    private let depth: Int
    private let limit: Int
    private let candidates: Int?

    /// Prepares the search; `nil` when a window is of no use.
    ///
    /// - Parameters:
    ///   - query: The query.
    ///   - layout: The table.
    ///   - candidates: The products of an approximate search; `nil` for an exact one.
    /// - Throws: `RecError` with code `invalidWeight`.
    init?(_ query: SearchQuery, _ layout: TableLayout, candidates: Int?) throws(RecError) {
        var search = GroupedSearch(query)
        guard layout.shards.isEmpty, query.groups.allSatisfy({ !$0.attribute.utf8.contains(0) }),
            (1...Self.many).contains(query.count),
            let most = query.groups.map(\.count).max(), let least = query.groups.map(\.count).min()
        else { return nil }
        let counted = query.groups.reduce(0) { $0 + $1.counted.count }
        guard most <= Self.many, counted <= Self.many else { return nil }
        guard let inner = search.next() else { return nil }
        self.query = query
        self.candidates = candidates
        statements = try SearchStatements(inner, layout)
        guard !statements.ranking.isEmpty else { return nil }
        scoring = CandidateScoring(inner, in: layout.space)
        depth = most + counted + Self.slack
        let fair = query.count * depth / least * (query.groups.count > 1 ? 2 : 1) + 32
        limit = max(fair, min(Self.answerBytes / statements.full.rowBytes, Self.mostRows))
    }

    /// The statement.
    ///
    /// - Throws: `RecError` with code `invalidText`.
    func statement() throws(RecError) -> PostgresStatement {
        guard let candidates else {
            return try statements.first(depth, ofEach: query.groups.map(\.attribute), limit: limit)
        }
        let nearLimit = statements.query.count
        return try statements.near(
            candidates: max(candidates, nearLimit),
            limit: nearLimit,
            filling: query.count,
            in: query.groups,
            orFirst: depth,
            limit: limit
        )
    }

    /// Whether the statement walks the graph.
    var isNear: Bool { candidates != nil }

    /// The answer; `nil` when products that SQL left out might be in it.
    ///
    /// - Throws: `RecError` with code `damagedRow` or `unexpectedAnswer`.
    func answer(_ rows: [PostgresRow]) throws(RecError) -> [Neighbor]? {
        guard isNear else { return wholeAnswer(try statements.full.read(rows)) }
        let (near, first) = try statements.read(near: rows)
        let answer = admitted(near) { _, _ in }
        if answer.count == query.count { return answer }
        // SQL counts spellings apart that Unicode holds equal.
        guard !first.isEmpty || !near.contains(where: { $0.score != nil }) else { return nil }
        return wholeAnswer(try statements.full.read(first))
    }

    /// The best products whose groups have places left.
    private func admitted(_ rows: [RowPlan.Row], rejected: (IndexedProduct, Double) -> Void) -> [Neighbor] {
        let products = Dictionary(rows.map { ($0.product.id, $0.product) }) { first, _ in first }
        var caps = query.groups
        var answer: [Neighbor] = []
        for neighbor in scoring.ranked(rows.map(\.product)) where answer.count < query.count {
            guard let found = products[neighbor.id], let product = found.product else { continue }
            if caps.admit(product) {
                var admitted = neighbor
                admitted.product = query.contents.product ? product : nil
                answer.append(admitted)
            } else {
                rejected(found, neighbor.score)
            }
        }
        return answer
    }

    /// The answer among the first products of each set; `nil` when others might be in it.
    private func wholeAnswer(_ rows: [RowPlan.Row]) -> [Neighbor]? {
        var sets: [[[String]]: ValueSet] = [:]
        for row in rows { sets[key(row.product), default: ValueSet()].add(row.score ?? -.infinity) }
        let answer = admitted(rows) { sets[key($0)]?.reject($1) }
        let tolerance = statements.ranking.tolerance
        let end = answer.count < query.count ? -Double.infinity : answer[answer.count - 1].score
        if rows.count >= limit, let last = rows.last?.score, end <= last + tolerance { return nil }
        let isWhole = sets.allSatisfy { key, set in
            key.allSatisfy(\.isEmpty) || set.count < depth || max(set.rejected, end) > set.least + tolerance
        }
        return isWhole ? answer : nil
    }

    private func key(_ product: IndexedProduct) -> [[String]] {
        query.groups.map { cap in product.product.map { Array($0.values(of: cap.attribute)) } ?? [] }
    }

    /// The products that came with the same values.
    private struct ValueSet {
        private(set) var count = 0
        private(set) var least = Double.infinity
        /// The score of the first one that found no place.
        private(set) var rejected = -Double.infinity

        mutating func add(_ score: Double) {
            count += 1
            least = min(least, score)
        }

        mutating func reject(_ score: Double) { rejected = max(rejected, score) }
    }
}

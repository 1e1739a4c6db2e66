internal import RecCore
internal import RecEngines

/// The search for a query with groups in one round trip, by a window over products of equal values.
///
/// Of products with the same values of the grouped attributes no more than the greatest limit are in an answer, and
/// those are the first ones: when one of them finds no place, neither does a later one. So SQL returns the first of
/// each such set, and some more, since its scores are rounded; what it leaves out is in no answer unless many are tied.
struct GroupJob {
    /// Products of equal values beyond those that may be in an answer.
    private static let slack = 4
    /// Counts from which groups are searched in another way.
    private static let many = 500

    private let statements: SearchStatements
    private let scoring: CandidateScoring
    private let query: SearchQuery
    private let depth: Int
    private let limit: Int

    /// - Throws: `RecError` with code `invalidWeight`.
    /// - Returns: `nil` when a window is of no use.
    init?(_ query: SearchQuery, _ layout: TableLayout) throws(RecError) {
        guard layout.shards.isEmpty, (1...Self.many).contains(query.count),
            let most = query.groups.map(\.count).max(), let least = query.groups.map(\.count).min()
        else { return nil }
        let counted = query.groups.reduce(0) { $0 + $1.counted.count }
        guard most <= Self.many, counted <= Self.many else { return nil }
        self.query = query
        var inner = query
        inner.contents.product = true
        statements = try SearchStatements(inner, layout)
        guard !statements.ranking.isEmpty else { return nil }
        scoring = CandidateScoring(inner, in: layout.space)
        depth = most + counted + Self.slack
        limit = query.count * depth / least * (query.groups.count > 1 ? 2 : 1) + 32
    }

    /// The statement.
    ///
    /// - Throws: `RecError` with code `invalidText`.
    func statement() throws(RecError) -> PostgresStatement {
        try statements.first(depth, ofEach: query.groups.map(\.attribute), limit: limit)
    }

    /// The answer; `nil` when products that SQL left out might be in it.
    ///
    /// - Throws: `RecError` with code `damagedRow` or `unexpectedAnswer`.
    func answer(_ rows: [PostgresRow]) throws(RecError) -> [Neighbor]? {
        var read: [RowPlan.Row] = []
        for row in rows { read.append(try statements.full.read(row)) }
        let products = Dictionary(read.map { ($0.product.id, $0) }) { first, _ in first }
        var sets: [[[String]]: ValueSet] = [:]
        for row in read {
            sets[key(row.product), default: ValueSet()].add(row.score ?? -.infinity)
        }
        var caps = query.groups
        var answer: [Neighbor] = []
        for neighbor in scoring.ranked(read.map(\.product)) where answer.count < query.count {
            guard let found = products[neighbor.id]?.product, let product = found.product else { continue }
            if caps.admit(product) {
                var admitted = neighbor
                admitted.product = query.contents.product ? product : nil
                answer.append(admitted)
            } else {
                sets[key(found)]?.reject(neighbor.score)
            }
        }
        let tolerance = statements.ranking.tolerance
        let end = answer.count < query.count ? -Double.infinity : answer[answer.count - 1].score
        if read.count >= limit, let last = read.last?.score, end <= last + tolerance { return nil }
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

internal import RecCore
internal import RecEngines

/// The search for one query as a sequence of round trips.
///
/// SQL ranks in single precision, so its best rows and some more are ranked anew by the kernels. When the row behind
/// the last might belong to the answer as well, since more products tie than were fetched, all rows down to the score
/// of the last are fetched without what the rank does not need.
struct SearchJob {
    /// What the next round trip is for.
    enum Step {
        /// Products near the query in the graph.
        case near
        /// The best products.
        case best
        /// All products down to a score of SQL.
        case down(to: Double?)
        /// Products of the answer with all columns.
        case completing([ProductID])
        case finished
    }

    private static let marginBytes = 1 << 18
    private static let margins = 16...4096
    /// Counts from which all products are fetched.
    private static let many = 100_000
    private static let attempts = 6
    /// What a row takes in memory besides its vectors.
    private static let objectBytes = 1000

    private let statements: SearchStatements
    private let scoring: CandidateScoring
    private let candidates: Int?
    private let limit: Int?
    /// The most rows of the second list, of a query whose rank needs no dense block.
    private let narrowLimit: Int?
    /// The most rows that are fetched beyond those that are wanted, to settle a tie.
    private let mostTied: Int

    private(set) var step: Step
    private(set) var answer: [Neighbor] = []
    private var known: [ProductID: RowPlan.Row] = [:]
    private var digests: [ProductID: [UInt8]] = [:]
    private var attempt = 0

    /// - Parameters:
    ///   - query: The query, without groups.
    ///   - layout: The table.
    ///   - candidates: The products of an approximate search; `nil` for an exact one.
    ///   - tieBytes: What rows that are fetched to settle a tie may take, roughly.
    /// - Throws: `RecError` with code `invalidWeight`.
    init(_ query: SearchQuery, _ layout: TableLayout, candidates: Int?, tieBytes: Int) throws(RecError) {
        statements = try SearchStatements(query, layout)
        scoring = CandidateScoring(query, in: layout.space)
        self.candidates = candidates
        mostTied = tieBytes / (statements.narrow.rowBytes + Self.objectBytes)
        guard query.count > 0, !statements.ranking.isEmpty else {
            (limit, narrowLimit, step) = (0, nil, .finished)
            return
        }
        let margin = Self.margin(statements.full)
        limit = query.count > Self.many ? nil : query.count + margin
        let isNarrow = !statements.ranking.hasDense && margin < Self.margins.upperBound
        narrowLimit = isNarrow ? limit.map { $0 + Self.margins.upperBound } : nil
        step = candidates != nil && query.count <= Self.many ? .near : .best
    }

    /// Rows beyond those that are wanted: as many as cost little.
    private static func margin(_ plan: RowPlan) -> Int {
        min(max(marginBytes / plan.rowBytes, margins.lowerBound), margins.upperBound)
    }

    /// The statements of the next round trip.
    func next() throws(RecError) -> [PostgresStatement] {
        switch step {
        case .near:
            let wanted = limit ?? 0
            return [try statements.near(candidates: max(candidates ?? 0, wanted), limit: wanted)]
        case .best:
            let full = try statements.best(statements.full, limit: limit)
            return [full] + (narrowLimit == nil ? [] : [try statements.best(statements.narrow, limit: narrowLimit)])
        case .down(let floor):
            return [try statements.best(statements.narrow, limit: mostRows + 1, floor: floor)]
        case .completing(let ids):
            return [try statements.products(ids)]
        case .finished:
            return []
        }
    }

    /// Takes the answers to those statements.
    mutating func receive(_ answers: [[PostgresRow]]) throws(RecError) {
        let count = statements.query.count
        switch step {
        case .near:
            let (near, whole) = try statements.read(near: answers[0])
            guard near.count(where: { $0.score != nil }) >= count || !statements.mayBeShort else {
                // The best of all came, too.
                try receiveBest(try statements.full.read(whole))
                return
            }
            let ranked = scoring.ranked(near.map(\.product))
            if ranked.count >= count { finish(ranked) } else { step = .best }
        case .best:
            let narrow = narrowLimit == nil ? nil : try statements.narrow.read(answers[1])
            try receiveBest(try statements.full.read(answers[0]), narrow)
        case .down(let floor):
            guard answers[0].count <= mostRows else { throw tooManyTies }
            let rows = try statements.narrow.read(answers[0])
            let ranked = scoring.ranked(rows.map(\.product))
            // Others may have changed the table since.
            if let floor, ranked.count < count || ranked[count - 1].score <= floor + statements.ranking.tolerance {
                try again()
            } else {
                complete(ranked, rows)
            }
        case .completing(let ids):
            for row in try statements.full.read(answers[0]) { known[row.product.id] = row }
            let isSame = ids.allSatisfy { known[$0]?.digest == digests[$0] }
            if isSame { finishKnown() } else { try again() }
        case .finished:
            break
        }
    }

    /// Takes the best products with all columns, and in a second list some more without those that the rank does not
    /// need.
    private mutating func receiveBest(_ rows: [RowPlan.Row], _ narrow: [RowPlan.Row]? = nil) throws(RecError) {
        known = Dictionary(rows.map { ($0.product.id, $0) }) { first, _ in first }
        try settle(narrow ?? rows, limit: narrow == nil ? limit : narrowLimit)
    }

    private var mostRows: Int { min(statements.query.count, Int.max / 2) + mostTied }

    private var tooManyTies: RecError {
        RecError(
            .tooManyTies,
            "More than \(mostTied) products have nearly the score of the last one wanted. Filter the search, compare more "
                + "blocks, or raise its least score."
        )
    }

    /// Decides whether all products that may be in the answer are among some rows.
    private mutating func settle(_ rows: [RowPlan.Row], limit: Int?) throws(RecError) {
        let count = statements.query.count
        let ranked = scoring.ranked(rows.map(\.product))
        let tolerance = statements.ranking.tolerance
        if let limit, rows.count >= limit, let last = rows.last?.score {
            guard ranked.count >= count else {
                step = .down(to: nil)
                return
            }
            let least = ranked[count - 1].score
            guard least > last + tolerance else {
                step = .down(to: least - 2 * tolerance)
                return
            }
        }
        complete(ranked, rows)
    }

    /// Fetches the columns that the products of the answer lack.
    private mutating func complete(_ ranked: [Neighbor], _ rows: [RowPlan.Row]) {
        let chosen = ranked.prefix(statements.query.count)
        let rows = Dictionary(rows.map { ($0.product.id, $0.digest) }) { first, _ in first }
        digests = [:]
        for neighbor in chosen { digests[neighbor.id] = rows[neighbor.id] }
        let missing = chosen.map(\.id).filter { known[$0]?.digest != digests[$0] }
        if missing.isEmpty { finishKnown() } else { step = .completing(missing) }
    }

    private mutating func finishKnown() {
        finish(scoring.ranked(digests.keys.compactMap { known[$0]?.product }))
    }

    private mutating func finish(_ ranked: [Neighbor]) {
        answer = Array(ranked.prefix(statements.query.count))
        known = [:]
        step = .finished
    }

    private mutating func again() throws(RecError) {
        attempt += 1
        guard attempt < Self.attempts else {
            throw RecError(
                .conflictingChanges,
                "The products at the end of the answer changed in each of \(attempt) searches; try again."
            )
        }
        known = [:]
        step = .best
    }

    /// Whether the next round trip walks the graph.
    var isNear: Bool { if case .near = step { true } else { false } }

    /// Whether the answer is complete.
    var isFinished: Bool { if case .finished = step { true } else { false } }
}

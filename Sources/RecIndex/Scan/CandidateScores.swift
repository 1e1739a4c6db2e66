internal import RecCore

/// Exact scores of candidates that lie anywhere, computed a few at a time in their order.
struct CandidateScores {
    private let exact: ExactScan
    private let rows: [UInt32]
    private var scores: [Double] = []
    /// The candidates whose scores are known.
    private var known = 0..<0
    private var room = ScoreRoom()

    /// Candidates that are scored together at first, and then.
    private static let (first, next) = (8, 4)
    /// Those after them, which are likely to be asked for next.
    private static let ahead = next

    /// - Parameters:
    ///   - exact: The query.
    ///   - rows: The rows of the candidates, in the order in which they are asked for.
    init(_ exact: ExactScan, _ rows: [UInt32]) {
        self.exact = exact
        self.rows = rows
    }

    /// The score of a candidate; `nil` if there is none.
    ///
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    /// - Precondition: The candidates before it were asked for, and none behind.
    mutating func score(at place: Int) throws(RecError) -> Double? {
        if !known.contains(place) {
            let rows = rows
            known = place..<min(place + (place == 0 ? Self.first : Self.next), rows.count)
            try exact.scores(
                of: rows.span.extracting(place..<min(known.upperBound + Self.ahead, rows.count)),
                count: known.count,
                into: &scores,
                room: &room
            )
        }
        let score = scores[place - known.lowerBound]
        return score.isNaN ? nil : score
    }
}

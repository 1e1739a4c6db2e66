internal import RecCore
internal import RecFiles

/// One query prepared for comparison with many rows.
///
/// It never changes, and is shared.
final class ExactScan: Sendable {
    /// How many rows are compared at a time, so that their cosines stay in the cache.
    private static let runLength = 256

    private let names: [BlockName]
    /// What compares each of the query's blocks; `nil` where it lacks the block.
    private let comparisons: [(any BlockScan)?]
    /// The weight of each block, 0 where it does not count.
    private let weights: [Double]
    private let query: SearchQuery

    init(_ query: SearchQuery, in table: BlockTable) {
        self.query = query
        let names = table.space.blocks.map(\.name)
        self.names = names
        weights = names.map { query.weighting.blocks[$0] }
        let isFused = query.weighting.fusion != nil
        comparisons = zip(names, table.blocks).map { name, block in
            query.embedding[name].flatMap {
                block.scan(
                    for: $0,
                    attributes: query.weighting.attributes,
                    isRanked: isFused || query.weighting.blocks[name] > 0
                )
            }
        }
    }

    /// For each of a block's groups, an upper bound of the cosines; `nil` when the query lacks the block.
    ///
    /// - Precondition: The block has groups.
    func groupBounds(_ position: Int) throws(RecError) -> [Double]? { try comparisons[position]?.groupBounds() }

    /// The best rows of a selection, best first.
    func bestRows(in selection: RowSelection) throws(RecError) -> [BestRows.Entry] {
        var best = BestRows(limit: query.count)
        let minimum = query.minimumScore ?? -.infinity
        if query.weighting.fusion == nil {
            let shares = weights
            let active = shares.indices.filter { shares[$0] > 0 }
            try forEachRun(of: selection, blocks: active) { rows, cosines in
                for position in 0..<rows.count {
                    // The same sums in the same order as `BlockScorer`, so both give the same bits.
                    var sum = 0.0
                    var total = 0.0
                    for block in active {
                        let cosine = cosines[block * Self.runLength + position]
                        guard !cosine.isNaN else { continue }
                        sum += shares[block] * cosine
                        total += shares[block]
                    }
                    guard total > 0 else { continue }
                    let score = sum / total
                    if score >= minimum { best.offer(.init(score: score, row: rows.lowerBound + position)) }
                }
            }
        } else {
            var values = BlockCosines(names: names, values: names.map { _ in nil })
            try forEachRun(of: selection, blocks: Array(names.indices)) { rows, cosines in
                for position in 0..<rows.count {
                    for block in names.indices {
                        let cosine = cosines[block * Self.runLength + position]
                        values.values[block] = cosine.isNaN ? nil : cosine
                    }
                    guard let score = query.weighting.score(values), score >= minimum else { continue }
                    best.offer(.init(score: score, row: rows.lowerBound + position))
                }
            }
        }
        return best.sorted()
    }

    /// Writes the scores of some rows by the query's weights to the front of `scores`, with the same bits as in
    /// ``bestRows(in:)``; NaN if there is none.
    ///
    /// - Parameters:
    ///   - rows: The rows; those behind the first `count` are likely to be asked for next.
    ///   - count: How many of the rows to score.
    ///   - scores: Room for the scores, which grows where it is needed.
    ///   - room: Room for the parts of them.
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    /// - Precondition: The query's score is a weighted mean.
    func scores(
        of rows: Span<UInt32>,
        count: Int,
        into scores: inout [Double],
        room: inout ScoreRoom
    ) throws(RecError) {
        if scores.count < count { scores = [Double](repeating: .nan, count: count) }
        room.start(count)
        for block in comparisons.indices where weights[block] > 0 {
            guard let comparison = comparisons[block] else { continue }
            try comparison.gather(&room.cosines, rows, count: count, scratch: &room.products)
            room.add(count, weight: weights[block])
        }
        for place in 0..<count { scores[place] = room.score(place) }
    }

    /// Scores rows by the query's weights and offers them to `best`.
    ///
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    /// - Precondition: The query's score is a weighted mean.
    func offer(_ rows: [UInt32], to best: inout BestRows) throws(RecError) {
        var scores = CandidateScores(self, rows)
        for (place, row) in rows.enumerated() {
            guard let score = try scores.score(at: place), score >= query.minimumScore ?? -.infinity else { continue }
            best.offer(.init(score: score, row: Int(row)))
        }
    }

    /// The cosines of each block with some rows.
    ///
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    func cosines(of rows: [UInt32]) throws(RecError) -> [BlockCosines] {
        var room = ScoreRoom()
        room.start(rows.count)
        let missing = BlockCosines(names: names, values: [Double?](repeating: nil, count: names.count))
        var cosines = [BlockCosines](repeating: missing, count: rows.count)
        for block in comparisons.indices {
            guard let comparison = comparisons[block] else { continue }
            try comparison.gather(&room.cosines, rows.span, count: rows.count, scratch: &room.products)
            for place in rows.indices where !room.cosines[place].isNaN {
                cosines[place].values[block] = room.cosines[place]
            }
        }
        return cosines
    }

    /// Calls `body` with a run of rows and the cosines of the asked blocks, `runLength` for each block; NaN is missing.
    private func forEachRun(
        of selection: RowSelection,
        blocks: [Int],
        _ body: (Range<Int>, [Double]) -> Void
    ) throws(RecError) {
        var scratch = [Float](repeating: 0, count: Self.runLength)
        var cosines = [Double](repeating: .nan, count: Self.runLength * names.count)
        try selection.forEachRun(limit: Self.runLength) { rows throws(RecError) in
            for block in blocks {
                // Those of a block that the query lacks stay NaN.
                try comparisons[block]?.fill(&cosines, at: block * Self.runLength, rows, scratch: &scratch)
            }
            body(rows, cosines)
        }
    }
}

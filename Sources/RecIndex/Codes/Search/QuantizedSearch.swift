internal import RecCore
internal import RecFiles

/// A search by codes, step by step, so that several searches may run in step.
///
/// First, good products are found in the lists nearest to the query, and scored exactly. Everything that cannot reach
/// the worst of them is then excluded: lists by their centres and radii, products by their heads, the remaining ones by
/// the chunks of the middle. The exact vectors of the rest decide the answer.
struct QuantizedSearch {
    private let scan: QuantizedScan
    private let selection: RowSelection
    private let codeSearch: CodeSearch
    private let estimates: [Float]
    private let limits: [Float]
    private var best: BestRows
    private var scores: [Double] = []
    private var room = ScoreRoom()
    /// Slots that are scored already, ascending.
    private var known: [UInt32] = []
    /// Room for candidates.
    private var spare: [CodeCandidate] = []

    /// Candidates of the first step that are refined, and of those that are scored exactly, at least.
    private static let leastSeeds = 48
    private static let leastScored = 16
    /// Candidates that are scored exactly at a time.
    private static let together = 4
    /// The number of candidates by head up to which a search for better seeds does not pay.
    private static let fewCandidates = 256
    /// Scores are sums of a few floats of at most 1, and the constants of the patterns are floats as well.
    private static let rounding: Float = 1e-6

    private var block: QuantizedBlock { scan.block }

    /// Starts with the rows that have no codes.
    init(_ scan: QuantizedScan, in selection: RowSelection) throws(RecError) {
        self.scan = scan
        self.selection = selection
        codeSearch = CodeSearch(
            scan.table,
            scan.kernelQuery,
            allowed: selection.bits(for: scan.block.codes.rows)
        )
        (estimates, limits) = scan.listScores()
        best = BestRows(limit: scan.query.count)
        try scan.exact.offer(scan.block.looseRows.filter { selection.contains(Int($0)) }, to: &best)
    }

    /// Finds good products in the nearest lists and scores them exactly.
    mutating func seed() throws(RecError) {
        let codes = block.codes
        let count = scan.query.count
        // Excluded rows may be among the seeds, and are left out later.
        let needed = count + selection.excludedCount
        var wanted = max(1500, codes.slots / 30)
        var keep = max(Self.leastSeeds, 2 * needed)
        var scored = max(count + 6, Self.leastScored)
        if case .probing(let products, let candidates) = scan.effort {
            wanted = max(min(products, codes.slots), count)
            keep = max(min(candidates, codes.slots), 6 * count, needed)
            scored = max(6 * count, Self.leastScored)
        }
        var order = estimates.indices.map { CodeCandidate(score: estimates[$0], slot: UInt32($0)) }
        let near = min(2 * wanted * codes.lists / max(codes.slots, 1) + 16, codes.lists)
        // Lists further away are needed only after a strict filter, and in any order.
        order.partition(best: near)
        order[..<near].sort { $0.precedes($1) }
        var seeds: [CodeCandidate] = []
        var least = -Float.infinity
        var scanned = 0
        for list in order {
            guard scanned < wanted || seeds.count < needed else { break }
            let blocks = blocks(of: Int(list.slot))
            codeSearch.scan(blocks, bounded: false, least: least, into: &seeds)
            scanned += blocks.count * CodeShape.lanes
            if seeds.count > 4 * keep {
                seeds = seeds.best(keep)
                least = seeds[keep - 1].score
            }
        }
        seeds = seeds.best(keep)
        try block.check(seeds)
        codeSearch.refine(&seeds, bounded: false, least: -.infinity)
        try score(seeds, count: scored)
    }

    /// Adds the products of some lists; those that heads and middles do not decide are scored exactly.
    mutating func settle(_ lists: Range<Int>) throws(RecError) {
        if case .probing = scan.effort { return }
        var found: [CodeCandidate] = []
        swap(&found, &spare)
        found.removeAll(keepingCapacity: true)
        let least = threshold
        for list in lists where limits[list] >= least {
            codeSearch.scan(blocks(of: list), bounded: true, least: least, into: &found)
        }
        // The heads discriminate poorly here; better seeds leave fewer candidates to refine and score.
        if found.count > max(Self.fewCandidates, block.codes.slots / 5) {
            var some = found.best(Self.leastSeeds)
            try block.check(some)
            codeSearch.refine(&some, bounded: true, least: least)
            try score(some.filter { !known.containsAscending($0.slot) }, count: Self.leastScored)
        }
        try block.check(found)
        codeSearch.refine(&found, bounded: true, least: threshold)
        found.sort { $0.precedes($1) }
        let limit = threshold
        let rows = block.codes.rows
        let promising = found.prefix { $0.score >= limit }.filter {
            !known.containsAscending($0.slot) && selection.contains(Int(rows[Int($0.slot)]))
        }
        let promisingRows = promising.map { rows[Int($0.slot)] }
        for place in stride(from: 0, to: promising.count, by: Self.together) {
            guard promising[place].score >= threshold else { break }
            let next = promisingRows.span.extracting(place..<min(place + 2 * Self.together, promising.count))
            try offer(next, count: min(Self.together, next.count))
        }
        swap(&found, &spare)
    }

    /// The best rows of all lists so far, best first.
    consuming func finish() -> [BestRows.Entry] { best.sorted() }

    /// The score that a bound must reach.
    private var threshold: Float {
        Float(max(best.least ?? -.infinity, scan.query.minimumScore ?? -.infinity)) - Self.rounding
    }

    private func blocks(of list: Int) -> Range<Int> { block.starts[list]..<block.starts[list + 1] }

    /// Scores the first of some rows exactly; the others are likely to follow.
    private mutating func offer(_ rows: Span<UInt32>, count: Int) throws(RecError) {
        try scan.exact.scores(of: rows, count: count, into: &scores, room: &room)
        // One without a score is not a number, and reaches no minimum.
        for place in 0..<count where scores[place] >= scan.query.minimumScore ?? -.infinity {
            best.offer(.init(score: scores[place], row: Int(rows[place])))
        }
    }

    /// Scores the best of some candidates exactly.
    private mutating func score(_ candidates: [CodeCandidate], count: Int) throws(RecError) {
        let rows = block.codes.rows
        let chosen = candidates.filter { selection.contains(Int(rows[Int($0.slot)])) }.best(count)
        let chosenRows = chosen.map { rows[Int($0.slot)] }
        try offer(chosenRows.span, count: chosen.count)
        known = (known + chosen.map(\.slot)).sorted()
    }
}

internal import RecCore

/// The search for one query, part by part.
struct PartSearch {
    /// The query, whose least score rises to that of the worst product as soon as there are enough.
    private(set) var query: SearchQuery

    /// The query's dense vector in the directions of the parts' codes.
    var projections: QueryProjections

    private let parts: [IndexPart]
    private var best: BestCandidates
    private var scans: [ExactScan?]

    /// - Precondition: The query is valid and wants a product at least.
    init(_ query: SearchQuery, in parts: [IndexPart], projections: QueryProjections = QueryProjections()) {
        self.query = query
        self.parts = parts
        self.projections = projections
        best = BestCandidates(parts: parts, limit: query.count)
        scans = [ExactScan?](repeating: nil, count: parts.count)
    }

    /// Whether there are as many products as are wanted, so that few of the other parts can be better.
    var isBarHigh: Bool { best.threshold != nil }

    /// Searches a part.
    ///
    /// - Throws: `RecError`, and `RecError` with code `corrupt` when a file turns out to be damaged.
    mutating func search(_ number: Int, effort: SearchEffort) throws {
        let part = parts[number]
        let selection = try part.selection(for: query)
        let scan = ExactScan(query, in: part.segment.embeddings)
        let rows = try part.segment.bestRows(
            query,
            scan,
            in: selection,
            effort: effort,
            isBarHigh: isBarHigh,
            projections: &projections
        )
        take(rows, scan, of: number)
    }

    /// Takes in the best rows of a part, best first, and what they were scored by.
    mutating func take(_ rows: [BestRows.Entry], _ scan: ExactScan, of number: Int) {
        scans[number] = scan
        best.merge(rows, of: number)
        if let worst = best.threshold { query.minimumScore = max(query.minimumScore ?? worst, worst) }
    }

    /// The answer from all parts that were taken in, nearest first.
    func neighbors() throws(RecError) -> [Neighbor] {
        guard let first = best.candidates.first else { return [] }
        if best.candidates.allSatisfy({ $0.part == first.part }) {
            return try neighbors(best.candidates.map(\.entry), of: first.part)
        }
        var ofPart: [Int: ArraySlice<Neighbor>] = [:]
        for number in Set(best.candidates.map(\.part)) {
            let entries = best.candidates.filter { $0.part == number }.map(\.entry)
            ofPart[number] = try neighbors(entries, of: number)[...]
        }
        return best.candidates.compactMap { ofPart[$0.part]?.popFirst() }
    }

    /// The neighbours for some rows of a part, in their order.
    private func neighbors(_ entries: [BestRows.Entry], of number: Int) throws(RecError) -> [Neighbor] {
        guard let scan = scans[number] else { preconditionFailure("candidates of a part that was scanned") }
        let ids = parts[number].segment.products.ids(of: entries.map(\.row))
        let cosines = try scan.cosines(of: entries.map { UInt32($0.row) })
        return entries.indices.map { Neighbor(id: ids[$0], score: entries[$0].score, cosines: cosines[$0]) }
    }
}

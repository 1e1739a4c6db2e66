/// The best rows of several parts together.
struct BestCandidates {
    /// A row of one of the parts.
    struct Candidate {
        let part: Int
        let entry: BestRows.Entry
    }

    private let parts: [IndexPart]
    private let limit: Int

    /// The best so far, best first, at most as many as are wanted.
    private(set) var candidates: [Candidate] = []

    /// - Precondition: `limit` is greater than zero.
    init(parts: [IndexPart], limit: Int) {
        self.parts = parts
        self.limit = limit
    }

    /// The score that a row needs to be among the best; `nil` while there is room.
    var threshold: Double? { candidates.count == limit ? candidates.last?.entry.score : nil }

    /// Takes in the best rows of a part, which are in order.
    mutating func merge(_ entries: [BestRows.Entry], of part: Int) {
        guard !candidates.isEmpty else {
            candidates = entries.prefix(limit).map { Candidate(part: part, entry: $0) }
            return
        }
        guard !entries.isEmpty else { return }
        var merged: [Candidate] = []
        merged.reserveCapacity(min(candidates.count + entries.count, limit))
        var left = candidates[...]
        var right = entries[...]
        while merged.count < limit {
            if let entry = right.first, left.first.map({ isBetter(entry, of: part, than: $0) }) ?? true {
                merged.append(Candidate(part: part, entry: right.removeFirst()))
            } else if !left.isEmpty {
                merged.append(left.removeFirst())
            } else {
                break
            }
        }
        candidates = merged
    }

    /// By score, then by identifier.
    private func isBetter(_ entry: BestRows.Entry, of part: Int, than other: Candidate) -> Bool {
        guard entry.score == other.entry.score else { return entry.score > other.entry.score }
        return parts[part].segment.products.ids.precedes(
            entry.row,
            parts[other.part].segment.products.ids,
            other.entry.row
        )
    }
}

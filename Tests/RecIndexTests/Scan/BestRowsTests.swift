import RecIndex
import RecTesting
import Testing

/// The best rows against a sorted array.
@Suite struct `Best rows` {
    @Test(arguments: [1, 2, 10, 64, 500])
    func `they are the first of all rows by score, then by number`(limit: Int) {
        var random = SeededGenerator(seed: UInt64(limit))
        // Few scores, so that many are equal.
        let entries = (0..<300).map { BestRows.Entry(score: Double(Int.random(in: 0...20, using: &random)), row: $0) }
        var best = BestRows(limit: limit)
        for (number, entry) in entries.shuffled(using: &random).enumerated() {
            #expect((best.least == nil) == (number < limit))
            best.offer(entry)
        }
        let least = best.least
        let sorted = entries.sorted { $0.isBetter(than: $1) }
        let found = best.sorted()
        #expect(found.map(\.row) == sorted.prefix(limit).map(\.row))
        #expect(least == (limit > 300 ? nil : found.last?.score))
        for (one, other) in zip(sorted, sorted.dropFirst()) {
            #expect(one.score > other.score || one.score == other.score && one.row < other.row)
        }
    }

    @Test func `none are found where none were offered`() {
        #expect(BestRows(limit: 3).sorted().isEmpty)
    }

    @Test(arguments: [0, 1, 7, 60, 100, 200])
    func `the best candidates are those of a sort, best first`(wanted: Int) {
        var random = SeededGenerator(seed: 5)
        let candidates = (0..<100).map { slot in
            CodeCandidate(score: Float(Int.random(in: 0...9, using: &random)), slot: UInt32(slot))
        }.shuffled(using: &random)
        let sorted = candidates.sorted { ($1.score, $0.slot) < ($0.score, $1.slot) }
        #expect(candidates.best(wanted).map(\.slot) == sorted.prefix(wanted).map(\.slot))
    }
}

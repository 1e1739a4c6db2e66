import RecFiles
import RecIndex
import RecTesting
import Testing

/// Selections of rows against sets of their numbers.
@Suite struct `Row selections` {
    /// A number of rows, the share of them that is flagged, or all, and how many are excluded by name.
    static let cases: [(count: Int, share: Double?, excluded: Int)] = [
        (0, nil, 0), (1, nil, 1), (63, 0.5, 3), (64, nil, 5), (65, 1, 64), (1000, nil, 0), (1000, 0.02, 40),
        (1000, 0.98, 33), (1000, 0, 2),
    ]

    @Test(arguments: cases)
    func `runs are the selected rows, ascending, none longer than the limit`(
        count: Int,
        share: Double?,
        excluded: Int
    ) {
        let (selection, rows) = make(count, share, excluded)
        for limit in [1, 7, 256] {
            var found: [Int] = []
            selection.forEachRun(limit: limit) { run in
                #expect(!run.isEmpty && run.count <= limit)
                found += run
            }
            #expect(found == rows)
        }
    }

    @Test(arguments: cases)
    func `it contains what it is made of`(count: Int, share: Double?, excluded: Int) {
        let (selection, rows) = make(count, share, excluded)
        #expect((0..<count).filter { selection.contains($0) } == rows)
        #expect(selection.excludedCount == min(excluded, count))
    }

    @Test(arguments: cases)
    func `no slot of a selected row is left out, and none of a row without a flag is let in`(
        count: Int,
        share: Double?,
        excluded: Int
    ) throws {
        var random = SeededGenerator(seed: 3)
        let (selection, rows) = make(count, share, excluded)
        // Slots in any order, with unused ones between them.
        let slotCount = (count + 20) / 16 * 16 + 16
        var slots = (0..<UInt32(count)).map { $0 } + [UInt32](repeating: .max, count: slotCount - count)
        slots.shuffle(using: &random)
        let bits = selection.bits(for: NumberArray(slots))
        // All rows match, and few are excluded: asking for each is cheaper.
        guard share != nil || excluded > 32 else {
            #expect(bits == nil)
            return
        }
        let found = try #require(bits)
        let wanted = Set(rows)
        let matching = Set(make(count, share, 0).rows)
        for (slot, row) in slots.enumerated() {
            let isSet = found[slot / 16] >> UInt16(slot % 16) & 1 == 1
            if wanted.contains(Int(row)) { #expect(isSet) }
            if !matching.contains(Int(row)) { #expect(!isSet) }
        }
    }

    @Test func `rows that no longer count are left out, with bits that are known`() throws {
        let rows = NumberArray<UInt32>((0..<112).map { $0 < 100 ? 99 - $0 : .max })
        var live = LiveRows(RowFlags(repeating: true, count: 100), slots: rows)
        for row in [0, 3, 99] { live.remove(row) }
        #expect(live.count == 97)
        let selection = RowSelection(live, excluded: [50])
        #expect((0..<100).filter { !selection.contains($0) } == [0, 3, 50, 99])
        let known = try #require(selection.bits(for: rows))
        let made = RowFlags((0..<100).map { ![0, 3, 99].contains($0) }).slotBits(for: rows)
        #expect(known == made)
    }

    /// A selection and the rows that it is to have.
    private func make(_ count: Int, _ share: Double?, _ excluded: Int) -> (selection: RowSelection, rows: [Int]) {
        var random = SeededGenerator(seed: UInt64(count + 1))
        let flags = share.map { share in (0..<count).map { _ in Double.random(in: 0..<1, using: &random) < share } }
        let names = Array((0..<count).shuffled(using: &random).prefix(excluded))
        let selection = RowSelection(count: count, isSelected: flags.map { RowFlags($0) }, excluded: names)
        return (selection, (0..<count).filter { flags?[$0] ?? true && !names.contains($0) })
    }
}

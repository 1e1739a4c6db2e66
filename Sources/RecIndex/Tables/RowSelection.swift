package import RecFiles

/// Which rows a query looks at.
package struct RowSelection {
    private let count: Int
    /// A flag for each row, `nil` for all rows; those that are excluded by name have theirs.
    let isSelected: RowFlags?
    private let excluded: [Int]
    private let knownBits: [UInt16]?

    /// The number of rows that match, those excluded by name included.
    let matchingCount: Int

    /// Excluded rows beyond which ``bits(for:)`` leaves them out.
    private static let fewExcluded = 32

    /// - Parameters:
    ///   - count: The number of rows.
    ///   - isSelected: A flag for each row, or `nil` for all rows.
    ///   - excluded: Rows that are left out all the same, in any order.
    /// - Complexity: O(number of rows) when there are flags
    package init(count: Int, isSelected: RowFlags?, excluded: [Int]) {
        self.count = count
        self.isSelected = isSelected
        self.excluded = excluded.sorted() + [count]
        matchingCount = isSelected?.setCount ?? count
        knownBits = nil
    }

    /// The rows that count, without those that are excluded in any order.
    package init(_ live: LiveRows, excluded: [Int]) {
        count = live.flags.count
        isSelected = live.flags
        self.excluded = excluded.sorted() + [count]
        matchingCount = live.count
        knownBits = live.slotBits
    }

    /// The number of rows that are left out by name.
    package var excludedCount: Int { excluded.count - 1 }

    /// Whether a row is selected.
    ///
    /// - Complexity: O(log *m*) for *m* excluded rows
    package func contains(_ row: Int) -> Bool {
        if let isSelected, !isSelected[row] { return false }
        return !excluded.containsAscending(row)
    }

    /// A bit for each slot that holds a selected row, 16 slots a number; `nil` when nearly all are selected, so that
    /// ``contains(_:)`` of those that matter is cheaper.
    ///
    /// A few rows that are excluded by name may have theirs.
    ///
    /// - Complexity: O(number of slots), O(1) when the bits are known
    package func bits(for rows: NumberArray<UInt32>) -> [UInt16]? {
        let excludesMany = excludedCount > Self.fewExcluded
        if let knownBits, !excludesMany { return knownBits }
        guard isSelected != nil || excludesMany else { return nil }
        var flags = isSelected ?? RowFlags(repeating: true, count: count)
        for row in excluded.dropLast() { flags[row] = false }
        return flags.slotBits(for: rows)
    }

    /// Calls `body` with the selected rows, in ascending order, as ranges of at most `limit` neighbouring rows.
    package func forEachRun<Failure: Error>(
        limit: Int,
        _ body: (Range<Int>) throws(Failure) -> Void
    ) throws(Failure) {
        var start = 0
        for stop in excluded {
            var row = start
            while row < stop {
                row = isSelected?.first(true, from: row, before: stop) ?? row
                let most = min(stop, row + limit)
                let end = isSelected?.first(false, from: row, before: most) ?? most
                if row < end { try body(row..<end) }
                row = end
            }
            start = stop + 1
        }
    }
}

extension RowFlags {
    /// A bit for each of some rows: whether it is flagged; 64 a number.
    func bits(of rows: NumberArray<UInt32>) -> [UInt64] {
        var bits = [UInt64](repeating: 0, count: (rows.count + 63) / 64)
        rows.withSpan { rows in
            for place in rows.indices {
                let row = Int(rows[place])
                bits[place / 64] |= (words[row / 64] >> (row % 64) & 1) << (place % 64)
            }
        }
        return bits
    }

    /// A bit for each slot whose row is flagged, 16 slots a number.
    ///
    /// - Parameter rows: The row of each slot, or a number beyond all rows.
    /// - Returns: The bits; that of a slot without a row is 0.
    package func slotBits(for rows: NumberArray<UInt32>) -> [UInt16] {
        var bits = [UInt16](repeating: 0, count: rows.count / 16)
        rows.withSpan { rows in
            for block in bits.indices {
                var found: UInt16 = 0
                for lane in 0..<16 {
                    let row = Int(rows[block * 16 + lane])
                    if row < count { found |= UInt16(truncatingIfNeeded: words[row / 64] >> (row % 64) & 1) << lane }
                }
                bits[block] = found
            }
        }
        return bits
    }
}

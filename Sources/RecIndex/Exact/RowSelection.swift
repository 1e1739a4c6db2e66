internal import RecPlatform

/// Which rows a query looks at.
struct RowSelection {
    private let count: Int
    private let isSelected: [Bool]?
    private let excluded: [Int]

    /// Excluded rows beyond which ``bits(for:)`` leaves them out.
    private static let fewExcluded = 32

    /// - Parameters:
    ///   - count: The number of rows.
    ///   - isSelected: A flag for each row, or `nil` for all rows.
    ///   - excluded: Rows that are left out all the same, in any order.
    init(count: Int, isSelected: [Bool]?, excluded: [Int]) {
        self.count = count
        self.isSelected = isSelected
        self.excluded = excluded.sorted() + [count]
    }

    /// The number of rows that are left out by name.
    var excludedCount: Int { excluded.count - 1 }

    /// Whether the selection may be much smaller than the whole.
    var isFiltered: Bool { isSelected != nil }

    /// The number of rows that match the filter.
    ///
    /// - Complexity: O(number of rows)
    var matchingCount: Int { isSelected.map { flags in flags.count { $0 } } ?? count }

    /// Whether a row is selected.
    ///
    /// - Complexity: O(log *m*) for *m* excluded rows
    func contains(_ row: Int) -> Bool {
        if let isSelected, !isSelected[row] { return false }
        var low = 0
        var high = excluded.count - 1
        while low < high {
            let middle = (low + high) / 2
            if excluded[middle] < row { low = middle + 1 } else { high = middle }
        }
        return excluded[low] != row
    }

    /// A bit for each slot that holds a selected row, 16 slots a number; `nil` when nearly all are selected, so that
    /// ``contains(_:)`` of those that matter is cheaper.
    func bits(for rows: NumberArray<UInt32>) -> [UInt16]? {
        guard isSelected != nil || excluded.count > Self.fewExcluded else { return nil }
        var flags = isSelected ?? [Bool](repeating: true, count: count)
        for row in excluded.dropLast() { flags[row] = false }
        var bits = [UInt16](repeating: 0, count: rows.count / 16)
        rows.withSpan { rows in
            for slot in rows.indices where rows[slot] < count && flags[Int(rows[slot])] {
                bits[slot / 16] |= 1 << UInt16(slot % 16)
            }
        }
        return bits
    }

    /// Calls `body` with the selected rows, in ascending order, as ranges of at most `limit` neighbouring rows.
    func forEachRun<Failure: Error>(
        limit: Int,
        _ body: (Range<Int>) throws(Failure) -> Void
    ) throws(Failure) {
        var start = 0
        for stop in excluded {
            var row = start
            while row < stop {
                if let isSelected {
                    while row < stop, !isSelected[row] { row += 1 }
                }
                var end = isSelected == nil ? min(stop, row + limit) : row
                if let isSelected {
                    while end < stop, end - row < limit, isSelected[end] { end += 1 }
                }
                if row < end { try body(row..<end) }
                row = end
            }
            start = stop + 1
        }
    }
}

/// Which rows a query looks at.
struct RowSelection {
    private let count: Int
    private let isSelected: [Bool]?
    private let excluded: [Int]

    /// - Parameters:
    ///   - count: The number of rows.
    ///   - isSelected: A flag for each row, or `nil` for all rows.
    ///   - excluded: Rows that are left out all the same, in any order.
    init(count: Int, isSelected: [Bool]?, excluded: [Int]) {
        self.count = count
        self.isSelected = isSelected
        self.excluded = excluded.sorted() + [count]
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

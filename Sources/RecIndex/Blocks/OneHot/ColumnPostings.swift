internal import RecCore

/// Where each column of a space is set in some patterns, one column after another.
///
/// A query has a few columns, and a column is set in a part of the patterns, so a query reads less than all of them.
struct ColumnPostings: Sendable {
    /// The patterns that have each column, ascending within a column.
    private let patterns: [UInt32]

    /// For each of these, `1 / sqrt(columns of its attribute that are set in the pattern)`.
    private let scales: [Double]

    /// Where the patterns of each column start, and where the last ones end.
    private let starts: [Int]

    private let patternCount: Int

    /// - Parameters:
    ///   - all: The patterns, all of one space.
    ///   - width: The number of columns of the space.
    /// - Complexity: O(columns of all patterns + width)
    init(_ all: [AttributeCodes], width: Int) {
        var starts = [Int](repeating: 0, count: width + 1)
        for pattern in all {
            for column in pattern.columns { starts[Int(column) + 1] += 1 }
        }
        for column in 0..<width { starts[column + 1] += starts[column] }
        var next = starts
        var patterns = [UInt32](repeating: 0, count: starts[width])
        var scales = [Double](repeating: 0, count: starts[width])
        for (number, pattern) in all.enumerated() {
            let ofPattern = pattern.columnCounts.flatMap {
                repeatElement(1 / Double($0.count).squareRoot(), count: $0.count)
            }
            for (column, scale) in zip(pattern.columns, ofPattern) {
                let place = next[Int(column)]
                patterns[place] = UInt32(number)
                scales[place] = scale
                next[Int(column)] += 1
            }
        }
        self.patterns = patterns
        self.scales = scales
        self.starts = starts
        patternCount = all.count
    }

    /// Adds up numbers of the columns of each pattern, each times its scale, in the order of the columns.
    ///
    /// - Parameter table: A number for each column; those of zero are not read.
    /// - Returns: The sum of each pattern.
    func sums(of table: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: patternCount)
        for (column, factor) in table.enumerated() where factor != 0 {
            for place in starts[column]..<starts[column + 1] {
                sums[Int(patterns[place])] += factor * scales[place]
            }
        }
        return sums
    }
}

/// The sum of the outer products of many rows, accumulated in double precision a block of rows at a time.
package struct ScatterMatrix {
    private typealias Quad = SIMD4<Double>
    private static let blockRows = 256

    private let columns: Int
    private let panels: Int
    /// The rows of a block, four columns together for all rows.
    private var block: [Quad]
    private var filled = 0
    private var sums: LaneMatrix

    package init(columns: Int) {
        self.columns = columns
        panels = (columns + 3) / 4
        block = [Quad](repeating: .zero, count: panels * Self.blockRows)
        sums = LaneMatrix(rows: columns, columns: columns)
    }

    /// Adds the outer product of a row with itself.
    package mutating func add(_ row: [Double]) throws {
        precondition(row.count == columns, "a row has a number for each column")
        for panel in 0..<panels {
            var quad = Quad.zero
            for lane in 0..<min(4, columns - 4 * panel) { quad[lane] = row[4 * panel + lane] }
            block[panel * Self.blockRows + filled] = quad
        }
        filled += 1
        if filled == Self.blockRows { try flush() }
    }

    /// The sum, divided by `divisor`; both triangles.
    package mutating func finish(divisor: Double) throws -> LaneMatrix {
        try flush()
        for row in 0..<columns {
            sums.scale(row, by: 1 / divisor)
            for column in 0..<row { sums[row, column] = sums[column, row] }
        }
        return sums
    }

    /// Multiplies the columns of the block with each other, in tiles of 4x4 of the upper triangle.
    private mutating func flush() throws {
        try Task.checkCancellation()
        for first in 0..<panels {
            for second in first..<panels {
                var (zero, one, two, three) = (Quad.zero, Quad.zero, Quad.zero, Quad.zero)
                let left = first * Self.blockRows
                let right = second * Self.blockRows
                for row in 0..<filled {
                    let along = block[left + row]
                    let across = block[right + row]
                    zero += along[0] * across
                    one += along[1] * across
                    two += along[2] * across
                    three += along[3] * across
                }
                for (offset, tile) in [zero, one, two, three].enumerated() where 4 * first + offset < columns {
                    for lane in 0..<min(4, columns - 4 * second) {
                        sums[4 * first + offset, 4 * second + lane] += tile[lane]
                    }
                }
            }
        }
        filled = 0
    }
}

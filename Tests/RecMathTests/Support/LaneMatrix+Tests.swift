import RecMath

extension LaneMatrix {
    /// A square matrix that is given row by row.
    init(_ numbers: [Double], size: Int) {
        self.init(rows: size, columns: size)
        for row in 0..<size {
            for column in 0..<size { self[row, column] = numbers[row * size + column] }
        }
    }

    /// The rows as plain arrays.
    var plain: [[Double]] { (0..<rows).map { row($0) } }

    /// Random numbers between -1 and 1.
    static func random(rows: Int, columns: Int, seed: UInt64) -> LaneMatrix {
        var random = SplitMix64(seed: seed)
        var matrix = LaneMatrix(rows: rows, columns: columns)
        for row in 0..<rows {
            for column in 0..<columns { matrix[row, column] = Double.random(in: -1...1, using: &random) }
        }
        return matrix
    }

    /// A random symmetric matrix.
    static func symmetric(_ size: Int, seed: UInt64) -> LaneMatrix {
        var matrix = random(rows: size, columns: size, seed: seed)
        for row in 0..<size {
            for column in 0..<row { matrix[column, row] = matrix[row, column] }
        }
        return matrix
    }
}

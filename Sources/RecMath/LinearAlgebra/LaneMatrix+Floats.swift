extension LaneMatrix {
    /// Creates a matrix from rows in single precision, `[rows][columns]`.
    ///
    /// - Precondition: There are as many numbers.
    package init(_ numbers: [Float], rows: Int, columns: Int) {
        precondition(numbers.count == rows * columns, "a matrix is given whole")
        self.init(rows: rows, columns: columns)
        for row in 0..<rows {
            for column in 0..<columns {
                lanes[row * groups + column >> 3][column & 7] = Double(numbers[row * columns + column])
            }
        }
    }

    /// The rows rounded to single precision, `[rows][columns]`.
    package var floats: [Float] {
        var numbers = [Float](repeating: 0, count: rows * columns)
        for row in 0..<rows {
            for column in 0..<columns {
                numbers[row * columns + column] = Float(lanes[row * groups + column >> 3][column & 7])
            }
        }
        return numbers
    }
}

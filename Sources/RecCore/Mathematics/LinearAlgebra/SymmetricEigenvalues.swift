/// A decomposition in plain arrays, for tests.
package struct SymmetricEigenvalues {
    /// The eigenvalues, greatest first.
    package let values: [Double]
    /// Their eigenvectors.
    package let vectors: [[Double]]

    /// Decomposes a matrix that is given row by row.
    package init(_ numbers: [Double], size: Int, limit: Int? = nil) throws {
        var matrix = LaneMatrix(rows: size, columns: size)
        for row in 0..<size {
            for column in 0..<size { matrix[row, column] = numbers[row * size + column] }
        }
        let eigen = try SymmetricEigen(matrix, limit: limit)
        values = eigen.values
        vectors = (0..<eigen.vectors.rows).map { eigen.vectors.row($0) }
    }
}

import RecMath
import Testing

@Suite struct `The reduction to a tridiagonal matrix` {
    @Test(arguments: [1, 2, 3, 8, 9, 31])
    func `is a change of basis`(size: Int) throws {
        try expectSimilar(.symmetric(size, seed: UInt64(size)))
    }

    @Test(arguments: try MatrixGolden.load())
    func `is one for matrices that are hard`(golden: MatrixGolden) throws {
        try expectSimilar(LaneMatrix(golden.numbers, size: golden.size))
    }

    @Test func `leaves a tridiagonal matrix as it is`() throws {
        var matrix = LaneMatrix(rows: 11, columns: 11)
        for row in 0..<11 { matrix[row, row] = Double(row * row) - 20 }
        for row in 0..<10 {
            matrix[row, row + 1] = Double(row) - 4.5
            matrix[row + 1, row] = Double(row) - 4.5
        }
        var reduction = Tridiagonal(matrix)
        try reduction.reduce { _ in }
        #expect(reduction.diagonal == (0..<11).map { matrix[$0, $0] })
        #expect(reduction.offDiagonal == (0..<10).map { matrix[$0, $0 + 1] })
    }

    /// Checks that Q is orthogonal and Q T Qᵀ the matrix.
    private func expectSimilar(_ matrix: LaneMatrix) throws {
        let size = matrix.rows
        var reduction = Tridiagonal(matrix)
        try reduction.reduce { _ in }
        #expect(reduction.diagonal.count == size)
        #expect(reduction.offDiagonal.count == size - 1)
        // Rows that are unit vectors become the columns of Q.
        var basis = LaneMatrix(rows: size, columns: size)
        for row in 0..<size { basis[row, row] = 1 }
        try reduction.transformBack(&basis)
        #expect(basis.orthonormalityDefect(on: SerialLoop()) < 1e-13 * Double(size))
        let scale = matrix.plain.joined().map(\.magnitude).max() ?? 0
        for row in 0..<size {
            for column in 0..<size {
                var sum = 0.0
                for place in 0..<size {
                    sum += basis[place, row] * reduction.diagonal[place] * basis[place, column]
                    guard place + 1 < size else { continue }
                    let beside = reduction.offDiagonal[place]
                    sum += basis[place, row] * beside * basis[place + 1, column]
                    sum += basis[place + 1, row] * beside * basis[place, column]
                }
                #expect(abs(sum - matrix[row, column]) <= 1e-13 * Double(size) * scale)
            }
        }
    }
}

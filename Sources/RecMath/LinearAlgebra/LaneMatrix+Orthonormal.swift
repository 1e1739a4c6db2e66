extension LaneMatrix {
    /// Groups of lanes that a part of a loop takes through all rows at once.
    private static let piece = 16

    /// Makes the rows orthonormal in their order: each loses its part along those before it.
    ///
    /// This is Gram-Schmidt's result, found through the Cholesky factor of the inner products. A row of which others
    /// leave less than `tolerance` of its length becomes zero. Twice gives rows that are orthonormal to double precision.
    ///
    /// - Returns: Which rows are not zero.
    /// - Complexity: O(``rows``^2 · ``columns`` + ``rows``^3)
    package mutating func orthonormalize(tolerance: Double, on loop: some ParallelLoop) -> [Bool] {
        let factor = CholeskyFactor(innerProducts(on: loop), count: rows, tolerance: tolerance)
        let pieces = stride(from: 0, to: groups, by: Self.piece).map { $0..<min($0 + Self.piece, groups) }
        let matrix = self
        let reduced = loop.map(pieces.count) { matrix.reduced(pieces[$0], by: factor) }
        for (piece, part) in zip(pieces, reduced) {
            for row in 0..<rows {
                for (offset, group) in piece.enumerated() {
                    lanes[row * groups + group] = part[row * piece.count + offset]
                }
            }
        }
        return factor.inverses.map { $0 != 0 }
    }

    /// The inner products of the rows, `[rows][rows]`, the lower triangle; zeros above it.
    package func innerProducts(on loop: some ParallelLoop) -> [Double] {
        // The longest parts come first, so that threads end together.
        let parts = loop.map(rows) { part in
            let row = rows - 1 - part
            return (0...row).map { dot(row, self, $0) }
        }
        var products = [Double](repeating: 0, count: rows * rows)
        for (row, part) in parts.reversed().enumerated() {
            for (other, product) in part.enumerated() { products[row * rows + other] = product }
        }
        return products
    }

    /// How far the rows are from orthonormal: the Frobenius norm of A Aᵀ - 1.
    ///
    /// - Complexity: O(``rows``^2 · ``columns``)
    package func orthonormalityDefect(on loop: some ParallelLoop) -> Double {
        let products = innerProducts(on: loop)
        var sum = 0.0
        for row in 0..<rows {
            for other in 0..<row { sum += 2 * products[row * rows + other] * products[row * rows + other] }
            let diagonal = products[row * rows + row] - 1
            sum += diagonal * diagonal
        }
        return sum.squareRoot()
    }

    /// Some groups of all rows, `[rows][piece.count]`, each row without its part along those before it.
    private func reduced(_ piece: Range<Int>, by factor: CholeskyFactor) -> [Lanes] {
        let width = piece.count
        var part: [Lanes] = []
        part.reserveCapacity(rows * width)
        for row in 0..<rows { part += lanes[row * groups + piece.lowerBound..<row * groups + piece.upperBound] }
        for row in 0..<rows {
            for other in 0..<row where factor.inverses[other] != 0 {
                let share = factor.factor[row * rows + other]
                for offset in 0..<width { part[row * width + offset] -= share * part[other * width + offset] }
            }
            for offset in 0..<width { part[row * width + offset] *= factor.inverses[row] }
        }
        return part
    }
}

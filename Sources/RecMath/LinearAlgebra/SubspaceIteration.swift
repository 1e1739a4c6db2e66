/// The leading eigenvectors of a symmetric positive semidefinite matrix that is known by its products only.
///
/// Orthogonal iteration (Golub and Van Loan, *Matrix Computations*, section 8.2.4): random rows are multiplied by the matrix
/// and made orthonormal, a few rounds long. Ask for some vectors more than needed, so that those needed settle sooner.
package struct SubspaceIteration: Sendable {
    /// The vectors as rows, orthonormal to double precision, those of greater eigenvalues first.
    package let vectors: LaneMatrix
    /// Which rows are vectors; the others are zero, since the matrix has a lower rank.
    package let isPresent: [Bool]

    /// What rounding in single precision may leave of a row that depends on others.
    private static let roundedTolerance = 3e-7
    /// What is left of a row after rounding errors is no direction.
    private static let tolerance = 1e-3

    /// Iterates.
    ///
    /// - Parameters:
    ///   - count: How many vectors are wanted, no more than `dimension`.
    ///   - dimension: The rows of the matrix.
    ///   - rounds: How often rows are multiplied.
    ///   - random: Where the first rows come from.
    ///   - loop: What runs the parts of a round.
    ///   - multiply: Multiplies rows, `[count][dimension]`, by the matrix.
    /// - Complexity: O(`rounds` · `count`^2 · `dimension`) beside `multiply`
    package init(
        count: Int,
        dimension: Int,
        rounds: Int,
        random: inout SplitMix64,
        on loop: some ParallelLoop,
        multiply: ([Float]) -> [Float]
    ) {
        var rows = (0..<count * dimension).map { _ in random.centered() }
        var basis = LaneMatrix(rows: count, columns: dimension)
        for round in 0..<rounds {
            basis = LaneMatrix(multiply(rows), rows: count, columns: dimension)
            _ = basis.orthonormalize(tolerance: Self.roundedTolerance, on: loop)
            if round + 1 < rounds { rows = basis.floats }
        }
        let first = basis.orthonormalize(tolerance: Self.tolerance, on: loop)
        let second = basis.orthonormalize(tolerance: Self.tolerance, on: loop)
        vectors = basis
        isPresent = zip(first, second).map { $0 && $1 }
    }
}

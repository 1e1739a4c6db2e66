/// The eigenvalues and eigenvectors of a real symmetric matrix.
///
/// Householder's reduction to a tridiagonal matrix, then the QL algorithm with implicit shifts (Martin and Wilkinson,
/// *Numerische Mathematik* 12, 1968; the routines TRED2 and IMTQL2 of EISPACK). Two things differ from those routines: the rotations of QL are
/// recorded and applied later to eight columns at a time, which stay in the cache; and only the eigenvectors that are asked
/// for are transformed back.
package struct SymmetricEigen: Sendable {
    /// The requested eigenvalues, greatest first.
    package let values: [Double]
    /// Their eigenvectors as rows, of unit length; the component of greatest magnitude is positive.
    package let vectors: LaneMatrix

    /// Decomposes a matrix.
    ///
    /// - Parameters:
    ///   - matrix: A square symmetric matrix of finite numbers; both triangles are given.
    ///   - limit: How many eigenvalues are wanted; all when `nil`.
    ///   - progress: Gets the finished share of the work, from 0 to 1.
    /// - Throws: `CancellationError` soon after the task was cancelled; ``ConvergenceFailure`` in the case, not met in
    ///   practice, that QL does not converge.
    /// - Complexity: O(*n*^3)
    package init(_ matrix: LaneMatrix, limit: Int? = nil, progress: (Double) -> Void = { _ in }) throws {
        precondition(matrix.rows == matrix.columns, "the matrix must be square")
        let count = matrix.rows
        var reduction = Tridiagonal(matrix)
        try reduction.reduce { progress(0.4 * $0) }
        var rotated = RotatedColumns(count: count)
        var iteration = ImplicitQL(diagonal: reduction.diagonal, offDiagonal: reduction.offDiagonal)
        try iteration.run { rotations, share in
            try rotated.apply(rotations)
            progress(0.4 + 0.5 * share)
        }
        let diagonal = iteration.diagonal
        let order = (0..<count).sorted { one, other in
            let (value, otherValue) = (diagonal[one], diagonal[other])
            return value == otherValue ? one < other : value > otherValue
        }
        let kept = order.prefix(limit ?? count)
        values = kept.map { diagonal[$0] }
        var rows = LaneMatrix(rows: kept.count, columns: count)
        for (row, number) in kept.enumerated() { rotated.copy(number, to: row, of: &rows) }
        try reduction.transformBack(&rows)
        for row in 0..<rows.rows where Self.isNegative(rows.row(row)) { rows.scale(row, by: -1) }
        vectors = rows
        progress(1)
    }

    /// The pairs of the greatest eigenvalues.
    ///
    /// - Precondition: There are at least `count`.
    package func prefix(_ count: Int) -> SymmetricEigen {
        var kept = LaneMatrix(rows: count, columns: vectors.columns)
        for group in kept.lanes.indices { kept.lanes[group] = vectors.lanes[group] }
        return SymmetricEigen(values: Array(values.prefix(count)), vectors: kept)
    }

    private init(values: [Double], vectors: LaneMatrix) {
        self.values = values
        self.vectors = vectors
    }

    /// Whether the component of greatest magnitude, the first of several, is negative.
    private static func isNegative(_ row: [Double]) -> Bool {
        var greatest = 0.0
        for value in row where value.magnitude > greatest.magnitude { greatest = value }
        return greatest < 0
    }
}

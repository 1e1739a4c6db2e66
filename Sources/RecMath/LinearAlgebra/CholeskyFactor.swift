/// The lower triangular factor L of a symmetric positive semidefinite matrix, A = L Lᵀ, row by row.
///
/// A row that depends on those before it, up to a tolerance, counts as zero and leaves the others alone.
struct CholeskyFactor: Sendable {
    /// L below the diagonal, `[count][count]`.
    private(set) var factor: [Double]
    /// The inverses of the diagonal of L; 0 for a dependent row.
    private(set) var inverses: [Double]

    /// Factors a matrix of which the lower triangle is given, `[count][count]`.
    ///
    /// - Parameters:
    ///   - matrix: The numbers, those above the diagonal not looked at.
    ///   - count: The number of rows.
    ///   - tolerance: A row of inner products is dependent when less than this share of its length is left.
    /// - Complexity: O(`count`^3)
    init(_ matrix: [Double], count: Int, tolerance: Double) {
        factor = matrix
        inverses = [Double](repeating: 0, count: count)
        for row in 0..<count {
            for column in 0..<row {
                var sum = factor[row * count + column]
                for term in 0..<column { sum -= factor[row * count + term] * factor[column * count + term] }
                factor[row * count + column] = sum * inverses[column]
            }
            let square = factor[row * count + row]
            var left = square
            for term in 0..<row { left -= factor[row * count + term] * factor[row * count + term] }
            if left > tolerance * tolerance * square { inverses[row] = 1 / left.squareRoot() }
        }
    }
}

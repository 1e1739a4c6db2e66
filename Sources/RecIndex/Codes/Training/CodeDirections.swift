internal import RecFiles

/// Principal directions, ready for rows to be described in them.
///
/// y = V x - V m in single precision; ``uncertainty(_:norm:)`` says how far that is from the exact product.
final class CodeDirections: Sendable {
    let principal: PrincipalDirections

    /// Numbers of a projected row: all chunks.
    let count: Int

    /// The length of the mean.
    let meanNorm: Double

    /// What projects rows.
    let product: MatrixProduct

    init(_ principal: PrincipalDirections, count: Int) {
        let mean = principal.mean
        let dimension = mean.count
        self.principal = principal
        self.count = count
        meanNorm = mean.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        let bias = (0..<count).map { direction in
            var sum = 0.0
            for position in 0..<dimension {
                sum += Double(principal.directions[direction * dimension + position]) * Double(mean[position])
            }
            return Float(-sum)
        }
        product = MatrixProduct(principal.directions.span, columns: count, depth: dimension, bias: bias)
    }

    /// The directions of some codes, or `nil` when they are so far from orthonormal that they bound nothing: from a file
    /// whose numbers make no sense.
    convenience init?(_ codes: ProductCodes) {
        let count = codes.chunks * CodeShape.chunk
        let principal = PrincipalDirections(
            mean: codes.mean.array(0..<codes.dimension),
            directions: codes.directions.array(0..<codes.directions.count),
            count: count
        )
        // Written this way round so that NaN fails.
        guard principal.defect < 1e-3, principal.mean.allSatisfy({ abs($0) <= 1 }) else { return nil }
        self.init(principal, count: count)
    }

    /// A bound of the distance between the first numbers of a projected row and the exact ones.
    ///
    /// The exact ones are <v, x> - <v, mean> for the directions as they are, rounded. The absolute values of the terms of
    /// <v, x> sum up to no more than |v| |x|, by Cauchy and Schwarz, for each direction; the biases have a norm of no more
    /// than |V| |mean|.
    ///
    /// - Parameters:
    ///   - count: How many of the first numbers; or any others, so many.
    ///   - norm: The length of the row.
    /// - Returns: The bound.
    func uncertainty(_ count: Int, norm: Double) -> Double {
        let length = 1 + principal.defect
        return product.relativeError * length * (Double(count).squareRoot() * norm + meanNorm) + 1e-30
    }
}

internal import RecCompute
internal import RecFiles

/// Principal directions, rotated so that the variance spreads over all of them, and what projects rows on them.
///
/// The directions of each chunk of 64 have the same variance as they come (``PrincipalDirections``); a Hadamard
/// transform across the chunks evens out the chunks.
struct NodeDirections: Sendable {
    let shape: GraphShape
    let mean: [Float]
    /// The directions, `[codeCount][dimension]`.
    let directions: [Float]
    /// The squared length of the mean.
    let meanSquare: Double

    /// Rows on the directions; the column behind them is <mean, x>.
    private let product: MatrixProduct

    /// Floats of a projected row.
    var pitch: Int { product.pitch }

    init(_ rows: RowSample, shape: GraphShape, team: ThreadTeam) {
        self.shape = shape
        let dimension = shape.dimension
        let principal = rows.principalDirections(count: shape.directionCount, team: team)
        mean = principal.mean
        meanSquare = mean.reduce(0.0) { $0 + Double($1) * Double($1) }
        let mixed = Self.mixed(
            principal.directions,
            chunks: shape.directionCount / CodeShape.chunk,
            dimension: dimension
        )
        directions = Array(mixed[..<(shape.codeCount * dimension)])
        var bias = (0..<shape.codeCount).map { [mean, directions] direction in
            var sum = 0.0
            for place in 0..<dimension {
                sum += Double(directions[direction * dimension + place]) * Double(mean[place])
            }
            return Float(-sum)
        }
        bias.append(0)
        product = MatrixProduct(
            (directions + mean).span,
            columns: shape.codeCount + 1,
            depth: dimension,
            bias: bias
        )
    }

    /// Projects some rows, `pitch` floats each: the components, then <mean, x>.
    func project(_ rows: Span<Float>, count: Int, into projected: inout MutableSpan<Float>) {
        product.multiply(rows, count: count, into: &projected)
    }

    /// The fast Walsh-Hadamard transform across chunks, which are a power of two.
    private static func mixed(_ directions: [Float], chunks: Int, dimension: Int) -> [Float] {
        var mixed = directions
        let size = CodeShape.chunk * dimension
        var step = 1
        while step < chunks {
            for first in 0..<chunks where first / step % 2 == 0 {
                for place in 0..<size {
                    let (a, b) = (mixed[first * size + place], mixed[(first + step) * size + place])
                    mixed[first * size + place] = (a + b) * Float(0.5).squareRoot()
                    mixed[(first + step) * size + place] = (a - b) * Float(0.5).squareRoot()
                }
            }
            step *= 2
        }
        return mixed
    }
}

internal import RecFiles

/// A query's dense vector in the directions of some codes.
struct QueryProjection {
    /// <v, query - mean> for each direction.
    let components: [Float]
    /// The sum of their squares in each chunk.
    let squares: [Double]
    /// |query - mean|^2.
    let square: Double
    /// <query - mean, mean>.
    let base: Double
    /// A component's relative rounding error, and what such errors may do to the sum of all squares.
    let unit: Double
    let lost: Double

    init(_ query: [Float], on codes: ProductCodes) {
        let mean = codes.mean.array(0..<codes.dimension)
        var centered = query
        for index in centered.indices { centered[index] -= mean[index] }
        let count = codes.chunks * CodeShape.chunk
        var components = [Float](repeating: 0, count: count)
        codes.directions.withSpan { directions in
            DotProduct.rows(directions, count: count, query: centered.span, into: &components)
        }
        self.init(components, of: centered.span, mean: mean, unit: Self.dotError(codes.dimension))
    }

    /// The relative rounding error of a ``DotProduct``, which sums in 32 lanes and so rounds dimension / 32 + 6 times.
    private static func dotError(_ dimension: Int) -> Double { (Double(dimension) / 32 + 6) * 0x1p-24 }

    /// - Parameters:
    ///   - components: <v, query - mean> for each direction.
    ///   - centered: query - mean.
    ///   - mean: The mean.
    ///   - unit: The relative rounding error of a component, and of an exact cosine.
    private init(_ components: [Float], of centered: Span<Float>, mean: [Float], unit: Double) {
        var square = 0.0
        var base = 0.0
        for index in centered.indices {
            square += Double(centered[index]) * Double(centered[index])
            base += Double(centered[index]) * Double(mean[index])
        }
        // The sum of the squares suffers from the rounding of each.
        lost = square * (2 * unit * Double(components.count).squareRoot() + 1e-6)
        squares = stride(from: 0, to: components.count, by: CodeShape.chunk).map { start in
            components[start..<start + CodeShape.chunk].reduce(0) { $0 + Double($1) * Double($1) }
        }
        self.components = components
        self.square = square
        self.base = base
        self.unit = unit
    }

    /// The projections of several queries, by one product of matrices.
    static func all(_ queries: [[Float]], on codes: ProductCodes) -> [QueryProjection] {
        let (dimension, count) = (codes.dimension, codes.chunks * CodeShape.chunk)
        let mean = codes.mean.array(0..<dimension)
        var centered = [Float](repeating: 0, count: queries.count * dimension)
        for (number, query) in queries.enumerated() {
            for index in 0..<dimension { centered[number * dimension + index] = query[index] - mean[index] }
        }
        let product = codes.directions.withSpan { MatrixProduct($0, columns: count, depth: dimension) }
        // Exact cosines are dot products all the same.
        let unit = max(product.relativeError, Self.dotError(dimension))
        var components = [Float](repeating: 0, count: queries.count * product.pitch)
        var target = components.mutableSpan
        product.multiply(centered.span, count: queries.count, into: &target)
        return queries.indices.map { number in
            QueryProjection(
                Array(components[number * product.pitch..<number * product.pitch + count]),
                of: centered.span.extracting(number * dimension..<(number + 1) * dimension),
                mean: mean,
                unit: unit
            )
        }
    }
}

internal import RecPlatform

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
        let count = codes.chunks * ProductCodes.chunk
        var components = [Float](repeating: 0, count: count)
        codes.directions.withSpan { directions in
            DotProduct.rows(directions, count: count, query: centered.span, into: &components)
        }
        var square = 0.0
        var base = 0.0
        for index in centered.indices {
            square += Double(centered[index]) * Double(centered[index])
            base += Double(centered[index]) * Double(mean[index])
        }
        // A float dot product in 32 lanes rounds dimension / 32 + 6 times; the sum of `count` squares suffers from each.
        unit = (Double(codes.dimension) / 32 + 6) * 0x1p-24
        lost = square * (2 * unit * Double(count).squareRoot() + 1e-6)
        squares = (0..<codes.chunks).map { chunk in
            components[chunk * ProductCodes.chunk..<(chunk + 1) * ProductCodes.chunk]
                .reduce(0) { $0 + Double($1) * Double($1) }
        }
        self.components = components
        self.square = square
        self.base = base
    }
}

/// The projections of one query on the directions of several segments, each of which is made once.
struct QueryProjections {
    private var known: [ObjectIdentifier: QueryProjection] = [:]

    /// The projection on the directions of some codes.
    mutating func projection(of query: [Float], on codes: ProductCodes) -> QueryProjection {
        let origin = ObjectIdentifier(codes.origin)
        if let projection = known[origin] { return projection }
        let projection = QueryProjection(query, on: codes)
        known[origin] = projection
        return projection
    }
}

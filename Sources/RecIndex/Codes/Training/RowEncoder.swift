/// The codes of one row after another.
struct RowEncoder {
    /// The codes of all chunks.
    private(set) var codes: [Int8]
    /// A bound of the error of each chunk's codes.
    private(set) var errors: [Double]
    /// Bounds of the norms outside the first chunk, the first two and so on.
    private(set) var tails: [Float]
    /// A bound of <mean, x>, from above.
    private(set) var offset: Float = 0
    /// The norm of the decoded head.
    private(set) var headNorm = 0.0

    private let directions: CodeDirections
    private let settings: CodeSettings
    private let steps: [Float]

    init(_ directions: CodeDirections, settings: CodeSettings, steps: [Float]) {
        self.directions = directions
        self.settings = settings
        self.steps = steps
        codes = [Int8](repeating: 0, count: directions.count)
        errors = [Double](repeating: 0, count: settings.chunks)
        tails = [Float](repeating: 0, count: settings.chunks)
    }

    /// Encodes a row.
    ///
    /// - Parameters:
    ///   - row: The row itself.
    ///   - projected: What ``CodeDirections`` make of it.
    mutating func encode(_ row: Span<Float>, projected: Span<Float>) {
        let (square, product) = Self.products(row, directions.principal.mean)
        offset = Float(
            roundingUp: product + Double(row.count + 8) * 0x1p-52 * square.squareRoot() * directions.meanNorm
        )
        let norm = square.squareRoot()
        let defect = directions.principal.defect
        let meanNorm = directions.meanNorm
        // What rounding in double precision may have done to the three terms.
        let slack = Double(row.count + 8) * 0x1p-52 * (norm + meanNorm) * (norm + meanNorm)
        let distance = square - 2 * product + meanNorm * meanNorm + slack
        var caught = 0.0
        var decoded = 0.0
        for chunk in 0..<settings.chunks {
            let part = quantise(chunk, projected)
            errors[chunk] = part.error.squareRoot() + directions.uncertainty(CodeShape.chunk, norm: norm)
            caught += part.square
            if chunk < settings.headChunks { decoded += part.decoded }
            let least = caught.squareRoot() - directions.uncertainty((chunk + 1) * CodeShape.chunk, norm: norm)
            let left = least > 0 ? distance - (1 - defect) * least * least : distance
            tails[chunk] = Float(roundingUp: max(left, 0).squareRoot())
        }
        headNorm = decoded.squareRoot()
        let skew = defect * (caught.squareRoot() + directions.uncertainty(directions.count, norm: norm))
        for chunk in errors.indices { errors[chunk] += skew }
    }

    /// Writes the codes of a chunk; the squared norms of the rounding errors, the values and the decoded values.
    private mutating func quantise(
        _ chunk: Int,
        _ projected: Span<Float>
    ) -> (error: Double, square: Double, decoded: Double) {
        let step = Double(steps[chunk])
        let inverse = step > 0 ? 1 / step : 0
        var (error, square) = (0.0, 0.0)
        var sum = 0
        for place in chunk * CodeShape.chunk..<(chunk + 1) * CodeShape.chunk {
            let value = Double(projected[place])
            // Adding 1.5 * 2^52 rounds to the nearest integer, which then is the low bits.
            let shifted = value * inverse + 0x1.8p52
            // Steps that were chosen for other rows may be too small for this one; what is cut off is error.
            let code = Int8(max(-127, min(127, Int32(truncatingIfNeeded: shifted.bitPattern))))
            codes[place] = code
            let wrong = value - Double(code) * step
            error += wrong * wrong
            square += value * value
            sum += Int(code) * Int(code)
        }
        return (error, square, step * step * Double(sum))
    }

    /// <x, x> and <x, mean> in double precision.
    private static func products(_ row: Span<Float>, _ mean: [Float]) -> (Double, Double) {
        let mean = mean.span
        var squares = SIMD4<Double>.zero
        var products = SIMD4<Double>.zero
        var place = 0
        while place + 4 <= row.count {
            let values = SIMD4(
                Double(row[place]),
                Double(row[place + 1]),
                Double(row[place + 2]),
                Double(row[place + 3])
            )
            let means = SIMD4(
                Double(mean[place]),
                Double(mean[place + 1]),
                Double(mean[place + 2]),
                Double(mean[place + 3])
            )
            squares += values * values
            products += values * means
            place += 4
        }
        var (square, product) = (squares.sum(), products.sum())
        while place < row.count {
            square += Double(row[place]) * Double(row[place])
            product += Double(row[place]) * Double(mean[place])
            place += 1
        }
        return (square, product)
    }
}

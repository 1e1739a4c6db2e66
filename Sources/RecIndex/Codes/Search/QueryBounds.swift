internal import RecFiles

/// A query's dense vector in the directions of some codes, with bounds of the remainder.
struct QueryBounds {
    /// The components in the directions of the head.
    let head: [Float]
    /// The norm of the head.
    let headNorm: Float
    /// <query - mean, mean>, a summand of every estimate of a cosine.
    let base: Float
    /// The greatest error of an estimate: tail * the product's norm outside the head + rest.
    let tail: Float
    let rest: Float

    private let headCodes: [Int8]
    private let scale: Float
    private let middleCodes: [Int16]
    private let middleTerms: [CodeQuery.MiddleTerms]

    /// The rounding of bounds, which are computed in single precision from numbers below 4.
    private static let rounding: Float = 4e-6

    /// Only a `share` of the error bounds is respected.
    ///
    /// - Precondition: The projection is one on directions of these codes' origin.
    init(_ projection: QueryProjection, _ codes: ProductCodes, share: Float) {
        let components = projection.components
        let (square, base, unit, lost) = (projection.square, projection.base, projection.unit, projection.lost)
        let norm = Float(square.squareRoot())

        let steps = codes.steps.array(0..<codes.chunks)
        let errors = codes.errors.array(0..<codes.chunks)
        func squares(_ chunk: Int) -> Double { projection.squares[chunk] }
        func outside(_ rest: Double) -> Float { share * Float((max(rest, 0) + lost).squareRoot()).nextUp }

        var rest = square
        var headSquare = 0.0
        var lostCodes = 0.0
        for chunk in 0..<codes.headChunks {
            let part = squares(chunk)
            rest -= part
            headSquare += part
            lostCodes += part.squareRoot() * Double(errors[chunk])
        }
        head = Array(components[..<codes.headCount])
        headNorm = share * Float(headSquare.squareRoot()).nextUp
        self.base = Float(base)
        let (headCodes, step, error) = Self.rounded(components[..<codes.headCount], limit: 127)
        self.headCodes = headCodes.map { Int8($0) }
        scale = step * steps[0]
        tail = outside(rest)
        // The exact cosine that ranks an answer is rounded as well.
        let float = Float(unit) * (1 + norm * Float(codes.headCount).squareRoot() * codes.headNorm)
        self.rest = share * (Float(lostCodes).nextUp + error * codes.headNorm) + float + Self.rounding

        var terms: [CodeQuery.MiddleTerms] = []
        var middleCodes: [Int16] = []
        for chunk in codes.headChunks..<codes.chunks {
            let range = chunk * CodeShape.chunk..<(chunk + 1) * CodeShape.chunk
            let (rounded, step, error) = Self.rounded(components[range], limit: 8191)
            middleCodes += rounded
            let part = squares(chunk)
            rest -= part
            // No vector is longer than 2 when the mean of unit vectors is taken off it, and no code rounds by more than 1.
            let decoded: Float = 3
            terms.append(
                CodeQuery.MiddleTerms(
                    scale: step * steps[chunk],
                    tail: outside(rest),
                    rest: share * (Float(part.squareRoot() * Double(errors[chunk])).nextUp + error * decoded)
                        + Float(unit) * norm * Float(CodeShape.chunk).squareRoot() * decoded + 1e-6
                )
            )
        }
        middleTerms = terms
        self.middleCodes = middleCodes
    }

    /// The query for kernels, with the slope and constant of each pattern.
    func kernelQuery(patterns: [Float]) -> CodeQuery {
        CodeQuery(
            head: headCodes,
            scale: scale,
            base: base,
            tail: tail,
            rest: rest,
            middle: middleCodes,
            middleTerms: middleTerms,
            patterns: patterns
        )
    }

    /// Rounds components to codes up to a limit; gives the codes, what a code of 1 stands for, and the norm of the error.
    private static func rounded(_ values: ArraySlice<Float>, limit: Float) -> ([Int16], Float, Float) {
        let greatest = values.reduce(0) { max($0, abs($1)) }
        // So that no quotient by the step overflows; what is smaller is all error.
        let step = greatest > 1e-30 ? greatest / limit : 1
        var square = 0.0
        // Invalid directions from a file must not stop the process; bounds are then infinite.
        guard values.allSatisfy(\.isFinite) else { return ([Int16](repeating: 0, count: values.count), 1, .infinity) }
        let codes = values.map { value in
            let code = (value / step).rounded()
            let error = Double(value) - Double(code) * Double(step)
            square += error * error
            return Int16(min(max(code, -limit), limit))
        }
        return (codes, step, Float(square.squareRoot()).nextUp)
    }
}

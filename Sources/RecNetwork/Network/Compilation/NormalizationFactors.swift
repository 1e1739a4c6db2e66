internal import RecCore

/// A batch normalisation as one factor and one summand per channel, in double precision.
struct NormalizationFactors {
    /// gamma / sqrt(variance + epsilon).
    let scale: [Double]
    /// beta - mean * scale.
    let shift: [Double]

    /// Reads the four parameters of a layer.
    ///
    /// - Throws: The errors of the source, and `RecError` with code `corruptWeights` when a variance is negative.
    init(
        _ normalization: BatchNormalization,
        name: String,
        source: some ParameterSource
    ) throws {
        func values(_ role: Parameter.Role) throws -> [Float] {
            try source.checkedValues(of: Parameter(layer: name, role: role, shape: [normalization.channels]))
        }
        if normalization.isFactor {
            scale = try values(.factor).map { Double($0) }
            shift = scale.map { _ in 0 }
            return
        }
        let gamma = try values(.scale)
        let beta = try values(.shift)
        let mean = try values(.mean)
        let variance = try values(.variance)
        if let index = variance.firstIndex(where: { !($0 >= 0) }) {
            throw RecError(
                .corruptWeights,
                "Layer '\(name)': the running variance of plane \(index) is \(variance[index]); it must be 0 or greater."
            )
        }
        let factors = zip(gamma, variance).map { Double($0) / (Double($1) + normalization.epsilon).squareRoot() }
        scale = factors
        shift = factors.indices.map { Double(beta[$0]) - Double(mean[$0]) * factors[$0] }
    }

    /// Reads layers that follow one another, as one; `nil` for none.
    ///
    /// - Throws: As ``init(_:name:source:)``.
    init?(_ layers: [(name: String, layer: BatchNormalization)], source: some ParameterSource) throws {
        var factors: NormalizationFactors?
        for (name, layer) in layers {
            let following = try NormalizationFactors(layer, name: name, source: source)
            factors = factors?.followed(by: following) ?? following
        }
        guard let factors else { return nil }
        self = factors
    }

    private init(scale: [Double], shift: [Double]) {
        self.scale = scale
        self.shift = shift
    }

    /// This normalisation and then another of as many channels.
    func followed(by other: NormalizationFactors) -> NormalizationFactors {
        NormalizationFactors(
            scale: zip(scale, other.scale).map(*),
            shift: shift.indices.map { shift[$0] * other.scale[$0] + other.shift[$0] }
        )
    }
}

extension ParameterSource {
    /// The values of a parameter, after checking that they are as many as its shape says.
    ///
    /// - Throws: The errors of the source, and `RecError` with code `misshapedTensor`.
    func checkedValues(of parameter: Parameter) throws -> [Float] {
        let values = try values(of: parameter)
        guard values.count == parameter.count else {
            throw RecError(
                .misshapedTensor,
                "Layer '\(parameter.layer)': \(parameter.role) has \(values.count) values; it needs \(parameter.count)."
            )
        }
        return values
    }
}

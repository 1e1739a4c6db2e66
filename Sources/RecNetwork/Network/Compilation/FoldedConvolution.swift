/// The parameters of a convolution with its batch normalisation folded in.
///
/// With s = gamma / sqrt(variance + epsilon), computed and applied in double precision and rounded once:
/// w' = w * s and b' = (b - mean) * s + beta.
struct FoldedConvolution: Sendable {
    /// The convolution.
    let convolution: Convolution
    /// In the order of the convolution.
    let weights: [Float]
    /// One value per output channel.
    let bias: [Float]

    /// Reads the parameters of a convolution and folds the normalisation in.
    ///
    /// - Throws: The errors of the source, and `RecError` with code `misshapedTensor` or `corruptWeights`.
    init(
        _ convolution: Convolution,
        name: String,
        normalization: NormalizationFactors?,
        source: some ParameterSource
    ) throws {
        self.convolution = convolution
        var weights = try source.checkedValues(
            of: Parameter(layer: name, role: .weight, shape: convolution.weightShape)
        )
        var bias =
            try convolution.hasBias
            ? source.checkedValues(of: Parameter(layer: name, role: .bias, shape: [convolution.outputs]))
            : [Float](repeating: 0, count: convolution.outputs)
        if let normalization {
            TensorKernels.scale(&weights, by: normalization.scale, areColumns: convolution.hasInputsFirst)
            bias = bias.indices.map {
                Float(Double(bias[$0]) * normalization.scale[$0] + normalization.shift[$0])
            }
        }
        self.weights = weights
        self.bias = bias
    }
}

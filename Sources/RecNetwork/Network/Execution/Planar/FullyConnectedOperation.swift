/// A matrix-vector product with bias and activation.
///
/// One product an image, so that an image's result is the same bytes in every batch.
struct FullyConnectedOperation: Operation {
    private let layer: FullyConnected
    private let weights: [Float]
    private let bias: [Float]
    private let activation: ActivationKind

    init(layer: FullyConnected, weights: [Float], bias: [Float], activation: Activation?) {
        self.layer = layer
        self.weights = weights
        self.bias = bias
        self.activation = activation.kind
    }

    var algorithmName: String { "gemv" }

    var parameterCount: Int { weights.count + bias.count }

    var multiplyAdds: Int { weights.count }

    func run(
        _ input: Span<Float>,
        _ second: Span<Float>,
        into output: inout MutableSpan<Float>,
        scratch: inout MutableSpan<Float>
    ) {
        BLAS.multiply(weights.span, input, into: &output)
        NetworkKernels.finish(
            &output,
            rows: layer.outputs,
            bias: bias.span,
            residual: Span(),
            activation: activation
        )
    }
}

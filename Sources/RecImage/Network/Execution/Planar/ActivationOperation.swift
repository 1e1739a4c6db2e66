internal import RecPlatform

/// An activation on its own.
struct ActivationOperation: Operation {
    private let activation: ActivationKind

    init(activation: Activation?) {
        self.activation = activation.kind
    }

    func run(
        _ input: Span<Float>,
        _ second: Span<Float>,
        into output: inout MutableSpan<Float>,
        scratch: inout MutableSpan<Float>
    ) {
        output.copy(from: input)
        NetworkKernels.finish(&output, rows: 1, bias: Span(), residual: Span(), activation: activation)
    }
}

/// The sum with a second map, if there is one, and an activation, where no convolution could take them in.
struct ElementwiseOperation: Operation {
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
        NetworkKernels.finish(&output, rows: 1, bias: Span(), residual: second, activation: activation)
    }
}

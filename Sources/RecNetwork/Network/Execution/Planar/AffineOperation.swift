/// A batch normalisation that follows no convolution, and an activation.
struct AffineOperation: Operation {
    private let scale: [Float]
    private let shift: [Float]
    private let activation: ActivationKind

    init(_ factors: NormalizationFactors, activation: Activation?) {
        scale = factors.scale.map { Float($0) }
        shift = factors.shift.map { Float($0) }
        self.activation = activation.kind
    }

    var parameterCount: Int { scale.count + shift.count }

    func run(
        _ input: Span<Float>,
        _ second: Span<Float>,
        into output: inout MutableSpan<Float>,
        scratch: inout MutableSpan<Float>
    ) {
        NetworkKernels.affine(input, scale: scale.span, shift: shift.span, activation: activation, into: &output)
    }
}

/// A convolution with its epilogue: bias, the residual sum if there is a second input, activation.
struct ConvolutionOperation: Operation {
    /// The most scratch memory that im2col takes, in floats; at least one row of output is done at a time.
    private static let columnsLimit = 1 << 21

    private let parameters: FoldedConvolution
    private let geometry: WindowGeometry
    private let activation: ActivationKind
    /// How it is computed.
    let algorithm: ConvolutionAlgorithm

    init(
        _ parameters: FoldedConvolution,
        geometry: WindowGeometry,
        activation: Activation?,
        algorithm: ConvolutionAlgorithm
    ) {
        precondition(algorithm.supports(parameters.convolution), "\(algorithm) cannot compute this convolution")
        self.parameters = parameters
        self.geometry = geometry
        self.activation = activation.kind
        self.algorithm = algorithm
    }

    var algorithmName: String { algorithm.rawValue }

    var parameterCount: Int { parameters.weights.count + parameters.bias.count }

    var multiplyAdds: Int { parameters.weights.count * geometry.outputPixels }

    var scratchCount: Int {
        algorithm == .gemm ? depth * rowsPerStrip * geometry.outputWidth : 0
    }

    func run(
        _ input: Span<Float>,
        _ second: Span<Float>,
        into output: inout MutableSpan<Float>,
        scratch: inout MutableSpan<Float>
    ) {
        let convolution = parameters.convolution
        let weights = parameters.weights.span
        let bias = parameters.bias.span
        switch algorithm {
        case .reference:
            NetworkKernels.directConvolution(
                input,
                geometry,
                outputChannels: convolution.outputs,
                groups: convolution.groups,
                weights: weights,
                bias: bias,
                residual: second,
                activation: activation,
                into: &output
            )
        case .depthwise:
            NetworkKernels.depthwise(
                input,
                geometry,
                weights: weights,
                bias: bias,
                residual: second,
                activation: activation,
                into: &output
            )
        case .pointwise:
            BLAS.multiply(
                weights,
                input,
                rows: convolution.outputs,
                columns: geometry.outputPixels,
                depth: convolution.inputs,
                into: &output,
                stride: geometry.outputPixels
            )
            NetworkKernels.finish(
                &output,
                rows: convolution.outputs,
                bias: bias,
                residual: second,
                activation: activation
            )
        default:
            multiplyStrips(input, into: &output, scratch: &scratch)
            NetworkKernels.finish(
                &output,
                rows: convolution.outputs,
                bias: bias,
                residual: second,
                activation: activation
            )
        }
    }

    /// Rows of the column matrix of one group.
    private var depth: Int { geometry.channels / parameters.convolution.groups * geometry.kernelCount }

    private var rowsPerStrip: Int {
        min(max(Self.columnsLimit / (depth * geometry.outputWidth), 1), geometry.outputHeight)
    }

    private func multiplyStrips(
        _ input: Span<Float>,
        into output: inout MutableSpan<Float>,
        scratch: inout MutableSpan<Float>
    ) {
        let groups = parameters.convolution.groups
        let outputs = parameters.convolution.outputs / groups
        let pixels = geometry.outputPixels
        let group = geometry.channels(geometry.channels / groups)
        for index in 0..<groups {
            let planes = input.extracting(index * group.inputCount..<(index + 1) * group.inputCount)
            let weights = parameters.weights.span.extracting(index * outputs * depth..<(index + 1) * outputs * depth)
            for first in stride(from: 0, to: geometry.outputHeight, by: rowsPerStrip) {
                let rows = first..<min(first + rowsPerStrip, geometry.outputHeight)
                NetworkKernels.imageToColumns(planes, group, rows: rows, into: &scratch)
                let start = index * outputs * pixels + first * geometry.outputWidth
                BLAS.multiply(
                    weights,
                    scratch.span,
                    rows: outputs,
                    columns: rows.count * geometry.outputWidth,
                    depth: depth,
                    into: &output,
                    at: start,
                    stride: pixels
                )
            }
        }
    }
}

internal import CRecKernels

extension NetworkKernels {
    /// Depthwise convolution: one filter a channel (C1HW weights), then bias, residual (may be empty) and activation.
    package static func depthwise(
        _ input: Span<Float>,
        _ window: WindowGeometry,
        weights: Span<Float>,
        bias: Span<Float>,
        residual: Span<Float>,
        activation: ActivationKind,
        into output: inout MutableSpan<Float>
    ) {
        precondition(weights.count == window.channels * window.kernelCount, "weights size")
        check(input, window, outputs: window.channels, bias, residual, output.count)
        var raw = window.raw
        unsafe withPointers(input, weights, bias, residual, &output) { input, weights, bias, residual, output in
            unsafe rec_depthwise_f32(&raw, input, weights, bias, residual, activation.raw, output)
        }
    }

    /// The reference convolution: OIHW weights, any grouping, sums in double precision, then bias, residual (may be
    /// empty) and activation.
    package static func directConvolution(
        _ input: Span<Float>,
        _ window: WindowGeometry,
        outputChannels: Int,
        groups: Int,
        weights: Span<Float>,
        bias: Span<Float>,
        residual: Span<Float>,
        activation: ActivationKind,
        into output: inout MutableSpan<Float>
    ) {
        precondition(groups > 0 && window.channels % groups == 0 && outputChannels % groups == 0, "groups")
        precondition(weights.count == outputChannels * (window.channels / groups) * window.kernelCount, "weights size")
        check(input, window, outputs: outputChannels, bias, residual, output.count)
        var raw = window.raw
        unsafe withPointers(input, weights, bias, residual, &output) { input, weights, bias, residual, output in
            unsafe rec_direct_convolution_f32(
                &raw,
                outputChannels,
                groups,
                input,
                weights,
                bias,
                residual,
                activation.raw,
                output
            )
        }
    }

    private static func check(
        _ input: Span<Float>,
        _ window: WindowGeometry,
        outputs: Int,
        _ bias: Span<Float>,
        _ residual: Span<Float>,
        _ outputCount: Int
    ) {
        precondition(input.count == window.inputCount, "input size")
        precondition(bias.count == outputs, "bias size")
        precondition(outputCount == outputs * window.outputPixels, "output size")
        precondition(residual.isEmpty || residual.count == outputCount, "residual size")
    }

    private static func withPointers(
        _ input: Span<Float>,
        _ weights: Span<Float>,
        _ bias: Span<Float>,
        _ residual: Span<Float>,
        _ output: inout MutableSpan<Float>,
        _ body: (
            UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>?,
            UnsafeMutablePointer<Float>
        ) -> Void
    ) {
        unsafe input.withUnsafeBufferPointer { input in
            unsafe weights.withUnsafeBufferPointer { weights in
                unsafe bias.withUnsafeBufferPointer { bias in
                    unsafe residual.withUnsafeBufferPointer { residual in
                        unsafe output.withUnsafeMutableBufferPointer { output in
                            guard let input = input.baseAddress, let weights = weights.baseAddress,
                                let bias = bias.baseAddress, let output = output.baseAddress
                            else { return }
                            unsafe body(
                                input,
                                weights,
                                bias,
                                residual.isEmpty ? nil : residual.baseAddress,
                                output
                            )
                        }
                    }
                }
            }
        }
    }
}

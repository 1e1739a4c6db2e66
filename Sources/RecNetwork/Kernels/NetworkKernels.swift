internal import CRecKernels

/// The kernels of convolutional networks over CHW images of `Float`; every size is checked before C sees it.
package enum NetworkKernels {
    /// Lays output rows out as the columns of a matrix:
    /// row-major (channels * kernel) x (rows.count * outputWidth), zeros for padding.
    package static func imageToColumns(
        _ input: Span<Float>,
        _ window: WindowGeometry,
        rows: Range<Int>,
        into columns: inout MutableSpan<Float>
    ) {
        precondition(input.count == window.inputCount, "input size")
        precondition(rows.lowerBound >= 0 && rows.upperBound <= window.outputHeight, "rows")
        precondition(
            columns.count >= window.channels * window.kernelCount * rows.count * window.outputWidth,
            "columns size"
        )
        var raw = window.raw
        unsafe input.withUnsafeBufferPointer { source in
            unsafe columns.withUnsafeMutableBufferPointer { target in
                guard let from = source.baseAddress, let to = target.baseAddress else { return }
                unsafe rec_im2col_f32(&raw, from, rows.lowerBound, rows.count, to)
            }
        }
    }

    /// values[r][c] = activation(values[r][c] + bias[r] + residual[r][c]); an empty bias or residual is left out.
    package static func finish(
        _ values: inout MutableSpan<Float>,
        rows: Int,
        bias: Span<Float>,
        residual: Span<Float>,
        activation: ActivationKind
    ) {
        precondition(rows > 0 && values.count % rows == 0, "values size")
        precondition(bias.isEmpty || bias.count == rows, "bias size")
        precondition(residual.isEmpty || residual.count == values.count, "residual size")
        let columns = values.count / rows
        unsafe values.withUnsafeMutableBufferPointer { target in
            unsafe bias.withUnsafeBufferPointer { bias in
                unsafe residual.withUnsafeBufferPointer { residual in
                    guard let to = target.baseAddress else { return }
                    unsafe rec_epilogue_f32(
                        to,
                        rows,
                        columns,
                        bias.isEmpty ? nil : bias.baseAddress,
                        residual.isEmpty ? nil : residual.baseAddress,
                        activation.raw
                    )
                }
            }
        }
    }

    /// output[r][c] = activation(input[r][c] * scale[r] + shift[r]), a row for each element of `scale`.
    package static func affine(
        _ input: Span<Float>,
        scale: Span<Float>,
        shift: Span<Float>,
        activation: ActivationKind,
        into output: inout MutableSpan<Float>
    ) {
        let rows = scale.count
        precondition(rows > 0 && shift.count == rows && input.count % rows == 0, "input size")
        precondition(output.count == input.count, "output size")
        unsafe input.withUnsafeBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output in
                unsafe scale.withUnsafeBufferPointer { scale in
                    unsafe shift.withUnsafeBufferPointer { shift in
                        guard let from = input.baseAddress, let to = output.baseAddress,
                            let scale = scale.baseAddress, let shift = shift.baseAddress
                        else { return }
                        unsafe rec_affine_f32(from, to, rows, input.count / rows, scale, shift, activation.raw)
                    }
                }
            }
        }
    }

    /// The maximum over each window; padding never wins, NaN always does.
    package static func maxPool(
        _ input: Span<Float>,
        _ window: WindowGeometry,
        into output: inout MutableSpan<Float>
    ) {
        precondition(input.count == window.inputCount, "input size")
        precondition(output.count == window.channels * window.outputPixels, "output size")
        var raw = window.raw
        unsafe input.withUnsafeBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                guard let from = source.baseAddress, let to = target.baseAddress else { return }
                unsafe rec_maxpool_f32(&raw, from, to)
            }
        }
    }
}

internal import CRecKernels

/// Checking and rearranging parameters while a network is loaded.
package enum TensorKernels {
    /// The index of the first element that is infinite or NaN.
    package static func firstNonFinite(_ values: Span<Float>) -> Int? {
        unsafe values.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return nil }
            let index = unsafe rec_first_nonfinite_f32(base, buffer.count)
            return index < 0 ? nil : index
        }
    }

    /// Copies an HWIO tensor to OIHW.
    ///
    /// - Precondition: `values` has `height * width * inputs * outputs` elements.
    package static func outputFirst(
        _ values: Span<Float>,
        height: Int,
        width: Int,
        inputs: Int,
        outputs: Int
    ) -> [Float] {
        precondition(values.count == height * width * inputs * outputs, "tensor size")
        return unsafe [Float](unsafeUninitializedCapacity: values.count) { target, count in
            unsafe values.withUnsafeBufferPointer { source in
                guard let from = source.baseAddress, let to = target.baseAddress else { return }
                unsafe rec_hwio_to_oihw_f32(from, height, width, inputs, outputs, to)
                count = source.count
            }
        }
    }

    /// Multiplies each row, or each column, by its factor, in double precision.
    package static func scale(_ values: inout [Float], by factors: [Double], areColumns: Bool = false) {
        precondition(!factors.isEmpty && values.count % factors.count == 0, "tensor size")
        let others = values.count / factors.count
        unsafe values.withUnsafeMutableBufferPointer { target in
            guard let to = target.baseAddress else { return }
            if areColumns {
                unsafe rec_scale_columns_f32(to, others, factors.count, factors)
            } else {
                unsafe rec_scale_rows_f32(to, factors.count, others, factors)
            }
        }
    }
}

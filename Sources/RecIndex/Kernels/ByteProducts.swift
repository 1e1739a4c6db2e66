internal import CRecKernels
package import RecCompute
package import RecFiles

/// Inner products of one vector of bytes with many of 4-bit codes.
package enum ByteProducts {
    /// The products of a vector with rows of 4-bit codes, as `rec_graph` in CRecKernels has them; exact integers.
    ///
    /// - Parameters:
    ///   - vector: Codes from -127 to 127, two for each byte of a row; a multiple of 128.
    ///   - rows: The rows, one after another.
    ///   - level: Whose kernel, for tests to compare.
    /// - Returns: A product for each row.
    /// - Complexity: O(`rows.count`)
    package static func rows(
        _ vector: [Int8],
        _ rows: NumberArray<UInt8>,
        level: ProcessorLevel = .best
    ) -> [Int32] {
        let size = vector.count / 2
        precondition(size > 0 && vector.count % (2 * GraphShape.line) == 0, "whole lines")
        precondition(rows.count % size == 0, "rows as long as the vector")
        let count = rows.count / size
        var products = [Int32](repeating: 0, count: count)
        rows.withSpan { rows in
            unsafe rows.withUnsafeBufferPointer { rows in
                guard let first = rows.baseAddress else { return }
                unsafe level.kernels.pointee.graph.products(vector, first, size, count, &products)
            }
        }
        return products
    }

    /// One vector less another.
    package static func difference(
        _ vector: [Float],
        _ other: NumberArray<Float>,
        level: ProcessorLevel = .best
    ) -> [Float] {
        precondition(vector.count == other.count, "vectors of one length")
        return other.withSpan { other in
            unsafe [Float](unsafeUninitializedCapacity: vector.count) { target, count in
                count = vector.count
                unsafe other.withUnsafeBufferPointer { other in
                    guard let base = target.baseAddress, let other = other.baseAddress else { return }
                    unsafe level.kernels.pointee.graph.subtract(vector, other, vector.count, base)
                }
            }
        }
    }

    /// Numbers in codes from -127 to 127, then zeros up to a size, and what a code of 1 stands for.
    ///
    /// - Parameters:
    ///   - numbers: The numbers; codes of such that are none mean nothing.
    ///   - size: The number of codes, not less than that of the numbers.
    ///   - level: Whose kernel, for tests to compare.
    /// - Returns: The codes, and what a code of 1 stands for.
    package static func codes(
        of numbers: [Float],
        size: Int,
        level: ProcessorLevel = .best
    ) -> (codes: [Int8], unit: Float) {
        precondition(numbers.count <= size, "a code for each number")
        let greatest = unsafe level.kernels.pointee.graph.greatest(numbers, numbers.count)
        let unit = greatest > 1e-30 && greatest.isFinite ? greatest / 127 : 1
        var codes = [Int8](repeating: 0, count: size)
        unsafe level.kernels.pointee.graph.round(numbers, numbers.count, 1 / unit, &codes)
        return (codes, unit)
    }
}

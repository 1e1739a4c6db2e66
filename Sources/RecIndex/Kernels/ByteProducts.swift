internal import CRecKernels
package import RecCompute
package import RecFiles

/// Inner products of one vector of bytes with many.
package enum ByteProducts {
    /// The products of a vector with the rows of a matrix; exact integers.
    ///
    /// - Parameters:
    ///   - vector: A vector of whole lines of 64 bytes, none of them -128.
    ///   - rows: The rows, as long as the vector, one after another.
    ///   - level: Whose kernel, for tests to compare.
    /// - Returns: A product for each row.
    /// - Complexity: O(`rows.count`)
    package static func rows(
        _ vector: [Int8],
        _ rows: NumberArray<Int8>,
        level: ProcessorLevel = .best
    ) -> [Int32] {
        precondition(!vector.isEmpty && vector.count % GraphShape.line == 0, "whole lines")
        precondition(rows.count % vector.count == 0, "rows as long as the vector")
        let count = rows.count / vector.count
        var products = [Int32](repeating: 0, count: count)
        rows.withSpan { rows in
            unsafe rows.withUnsafeBufferPointer { rows in
                guard let first = rows.baseAddress else { return }
                unsafe level.kernels.pointee.graph.products(vector, first, vector.count, count, &products)
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
        var greatest: Float = 0
        for number in numbers { greatest = abs(number) > greatest ? abs(number) : greatest }
        let unit = greatest > 1e-30 && greatest.isFinite ? greatest / 127 : 1
        var codes = [Int8](repeating: 0, count: size)
        unsafe level.kernels.pointee.graph.round(numbers, numbers.count, 1 / unit, &codes)
        return (codes, unit)
    }
}

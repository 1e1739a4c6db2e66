internal import CRecKernels
package import RecCompute

/// Dot products of one query with many rows.
///
/// Every level gives the same bits on every machine, and a row's product does not depend on the rows around it.
package enum DotProduct {
    /// Writes the dot product of `query` with each row to the front of `products`.
    ///
    /// - Parameters:
    ///   - rows: The rows, `query.count` floats each, row-major.
    ///   - count: The number of rows.
    ///   - query: The query.
    ///   - products: Where the products go; room for `count` of them at least.
    ///   - level: Whose kernel, for tests to compare.
    /// - Complexity: O(`rows.count`)
    package static func rows(
        _ rows: Span<Float>,
        count: Int,
        query: Span<Float>,
        into products: inout [Float],
        level: ProcessorLevel = .best
    ) {
        let dimension = query.count
        precondition(rows.count == count * dimension, "every row must be as long as the query")
        precondition(count <= products.count, "there must be room for the products")
        unsafe products.withUnsafeMutableBufferPointer { products in
            unsafe query.withUnsafeBufferPointer { query in
                unsafe rows.withUnsafeBufferPointer { rows in
                    guard let output = products.baseAddress else { return }
                    guard let first = rows.baseAddress, let query = query.baseAddress else {
                        for row in 0..<count { unsafe products[row] = 0 }
                        return
                    }
                    unsafe level.kernels.pointee.dot.rows(query, first, dimension, count, output)
                }
            }
        }
    }

    /// Writes the dot product of `query` with some rows of a matrix to the front of `products`, with the same bits.
    ///
    /// - Parameters:
    ///   - rows: All rows, `query.count` floats each, row-major.
    ///   - numbers: The rows to compare; those behind the first `count` are likely to be asked for next.
    ///   - count: How many of the numbers to compare.
    ///   - query: The query.
    ///   - products: Where the products go; room for `count` of them at least.
    ///   - level: Whose kernel, for tests to compare.
    /// - Complexity: O(`count * query.count`)
    package static func chosen(
        _ rows: Span<Float>,
        _ numbers: Span<UInt32>,
        count: Int,
        query: Span<Float>,
        into products: inout [Float],
        level: ProcessorLevel = .best
    ) {
        let dimension = query.count
        precondition(count <= numbers.count && count <= products.count, "a number and room for each product")
        for place in numbers.indices {
            precondition((Int(numbers[place]) + 1) * dimension <= rows.count, "rows of the matrix")
        }
        unsafe products.withUnsafeMutableBufferPointer { products in
            unsafe query.withUnsafeBufferPointer { query in
                unsafe rows.withUnsafeBufferPointer { rows in
                    unsafe numbers.withUnsafeBufferPointer { numbers in
                        guard let output = products.baseAddress, let chosen = numbers.baseAddress else { return }
                        guard let first = rows.baseAddress, let query = query.baseAddress else {
                            for row in 0..<count { unsafe products[row] = 0 }
                            return
                        }
                        unsafe level.kernels.pointee.dot.chosen(
                            query,
                            first,
                            dimension,
                            chosen,
                            count,
                            numbers.count - count,
                            output
                        )
                    }
                }
            }
        }
    }
}

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
}

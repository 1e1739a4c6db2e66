import CRecKernels

/// Dot products of one query with many rows.
///
/// Every variant gives the same bits on every machine, and a row's product does not depend on the rows around it.
package enum DotProduct {
    /// Whether this machine runs a variant other than the portable one.
    package static var isAccelerated: Bool { rec_dot_f32_is_accelerated() }

    /// Writes the dot product of `query` with each row into `products`.
    ///
    /// - Parameters:
    ///   - rows: `products.count` rows of `query.count` floats each, row-major.
    ///   - query: The query.
    ///   - products: Where the products go.
    ///   - portable: Whether to use the portable variant, for tests to compare with.
    /// - Precondition: `rows.count == products.count * query.count`.
    /// - Complexity: O(`rows.count`)
    package static func rows(
        _ rows: Span<Float>,
        query: Span<Float>,
        into products: inout MutableSpan<Float>,
        portable: Bool = false
    ) {
        let dimension = query.count
        precondition(rows.count == products.count * dimension, "one product for each row")
        let kernel = unsafe portable ? rec_dot_f32_rows__portable : rec_dot_f32_rows
        unsafe products.withUnsafeMutableBufferPointer { products in
            unsafe query.withUnsafeBufferPointer { query in
                unsafe rows.withUnsafeBufferPointer { rows in
                    guard let output = products.baseAddress else { return }
                    guard let first = rows.baseAddress, let query = query.baseAddress else {
                        unsafe products.update(repeating: 0)
                        return
                    }
                    unsafe kernel(query, first, dimension, products.count, output)
                }
            }
        }
    }
}

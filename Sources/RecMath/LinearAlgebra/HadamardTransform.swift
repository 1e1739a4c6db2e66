/// Hadamard's transform: the product with a matrix of ones and minus ones whose rows are orthogonal.
package enum HadamardTransform {
    /// Transforms values in place, without a scale: their length grows by the square root of their number.
    ///
    /// - Precondition: There are as many values as a power of two.
    /// - Complexity: O(*n* log *n*)
    package static func apply(to values: inout [Double]) {
        precondition(values.count.nonzeroBitCount == 1, "there must be as many values as a power of two")
        var half = 1
        while half < values.count {
            for start in stride(from: 0, to: values.count, by: 2 * half) {
                for place in start..<start + half {
                    let (one, other) = (values[place], values[place + half])
                    values[place] = one + other
                    values[place + half] = one - other
                }
            }
            half *= 2
        }
    }
}

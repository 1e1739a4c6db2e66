extension [Float] {
    /// The sum of the products of the components.
    ///
    /// Eight sums run beside each other, so that the compiler can use vector instructions.
    ///
    /// - Precondition: `other` has as many components.
    func dotProduct(_ other: [Float]) -> Double {
        precondition(count == other.count, "vectors of one dimension")
        var sums = SIMD8<Float>.zero
        let whole = count & ~7
        var start = 0
        while start < whole {
            let first = SIMD8(
                self[start],
                self[start + 1],
                self[start + 2],
                self[start + 3],
                self[start + 4],
                self[start + 5],
                self[start + 6],
                self[start + 7]
            )
            let second = SIMD8(
                other[start],
                other[start + 1],
                other[start + 2],
                other[start + 3],
                other[start + 4],
                other[start + 5],
                other[start + 6],
                other[start + 7]
            )
            sums += first * second
            start += 8
        }
        var sum = 0.0
        for lane in 0..<8 { sum += Double(sums[lane]) }
        for position in whole..<count { sum += Double(self[position]) * Double(other[position]) }
        return sum
    }
}

extension [Double] {
    /// The Euclidean length.
    var length: Double { reduce(0) { $0 + $1 * $1 }.squareRoot() }
}

/// The components of a dense vector in groups of eight, for fast dot products in plain Swift.
struct PackedVector: Sendable {
    /// The groups; zeros fill up the last.
    private let groups: [SIMD8<Float>]

    /// Packs the components of a vector.
    ///
    /// - Complexity: O(dimension)
    init(_ components: [Float]) {
        var groups: [SIMD8<Float>] = []
        groups.reserveCapacity((components.count + 7) / 8)
        var start = 0
        while start + 8 <= components.count {
            groups.append(
                SIMD8(
                    components[start],
                    components[start + 1],
                    components[start + 2],
                    components[start + 3],
                    components[start + 4],
                    components[start + 5],
                    components[start + 6],
                    components[start + 7]
                )
            )
            start += 8
        }
        if start < components.count {
            var last = SIMD8<Float>.zero
            for position in start..<components.count { last[position - start] = components[position] }
            groups.append(last)
        }
        self.groups = groups
    }

    /// The sum of the products of the components.
    ///
    /// - Precondition: Both are of one dimension.
    func dotProduct(_ other: PackedVector) -> Double {
        precondition(groups.count == other.groups.count, "vectors of one dimension")
        var even = SIMD8<Float>.zero
        var odd = SIMD8<Float>.zero
        let pairs = groups.count & ~1
        var position = 0
        while position < pairs {
            even += groups[position] * other.groups[position]
            odd += groups[position + 1] * other.groups[position + 1]
            position += 2
        }
        if pairs < groups.count { even += groups[pairs] * other.groups[pairs] }
        let sums = even + odd
        return sums.indices.reduce(0) { $0 + Double(sums[$1]) }
    }
}

internal import RecMath

/// An embedding prepared for comparison with many others of its space.
///
/// An index prepares a whole catalogue at once; this type serves the few products of an answer.
package struct ComparableEmbedding: Sendable {
    /// One prepared block.
    enum Side: Sendable {
        /// The block is absent, or has no direction under the weights.
        case missing
        /// A unit vector.
        case packed(PackedVector)
        /// The columns that are not zero, ascending, with the components of a unit vector.
        case sparse(columns: [UInt32], values: [Double])
    }

    /// The blocks in the order of the space.
    let sides: [Side]

    private let names: [BlockName]

    /// Prepares an embedding, with weights of some attributes instead of those of the space.
    ///
    /// - Precondition: The embedding fits the space.
    package init(_ embedding: Embedding, in space: EmbeddingSpace, _ weighting: Weighting) {
        names = space.blocks.map(\.name)
        sides = space.blocks.map { embedding[$0.name]?.content.comparable(weighting) ?? .missing }
    }

    /// Whether the block at a position of the space is present and has a direction.
    func has(block position: Int) -> Bool {
        if case .missing = sides[position] { false } else { true }
    }

    /// The cosine of each block that both have.
    ///
    /// - Precondition: Both were prepared for the same space and weights.
    /// - Complexity: O(dimension)
    package func cosines(with other: ComparableEmbedding) -> BlockCosines {
        BlockCosines(names: names, values: sides.indices.map { cosine(with: other, block: $0) })
    }

    /// The cosine of the block at a position of the space, or `nil` when one side lacks it.
    package func cosine(with other: ComparableEmbedding, block position: Int) -> Double? {
        switch (sides[position], other.sides[position]) {
        case (.packed(let first), .packed(let second)):
            return clamped(first.dotProduct(second))
        case (.sparse(let firstColumns, let firstValues), .sparse(let columns, let values)):
            var sum = 0.0
            forEachShared(firstColumns, columns) { sum += firstValues[$0] * values[$1] }
            return clamped(sum)
        default:
            return nil
        }
    }

    /// The share of each common column in the cosine of the one-hot block at a position of the space.
    func sharedColumns(with other: ComparableEmbedding, block position: Int) -> [(column: UInt32, product: Double)] {
        guard case .sparse(let firstColumns, let firstValues) = sides[position],
            case .sparse(let columns, let values) = other.sides[position]
        else { return [] }
        var result: [(column: UInt32, product: Double)] = []
        forEachShared(firstColumns, columns) { result.append((columns[$1], firstValues[$0] * values[$1])) }
        return result
    }

    /// Calls `body` with the positions of columns that are in both lists, which ascend.
    private func forEachShared(_ first: [UInt32], _ second: [UInt32], _ body: (Int, Int) -> Void) {
        var (left, right) = (0, 0)
        while left < first.count, right < second.count {
            if first[left] < second[right] {
                left += 1
            } else if first[left] > second[right] {
                right += 1
            } else {
                body(left, right)
                left += 1
                right += 1
            }
        }
    }

    private func clamped(_ cosine: Double) -> Double { min(max(cosine, -1), 1) }
}

/// How different the products of one answer are from each other.
///
/// Intra-list diversity is 1 - the mean similarity of all pairs (Smyth and McClave, 2001; Ziegler and others, 2005), with the
/// similarity that ranked the answer.
struct ListDiversity: Sendable {
    let space: EmbeddingSpace
    let fusion: any Fusion

    /// The diversity of some products; `nil` when no two of them can be compared.
    ///
    /// - Complexity: O(*k*^2 · dimension) for *k* products
    func callAsFunction(_ embeddings: [Embedding]) -> Double? {
        let products = embeddings.map { embedding in space.blocks.map { block in Side(embedding[block.name]) } }
        let names = space.blocks.map(\.name)
        var sum = 0.0
        var count = 0
        for (position, first) in products.enumerated() {
            for second in products[(position + 1)...] {
                let values = zip(first, second).map { one, other in one.flatMap { side in other.map(side.cosine) } }
                let score = fusion.score(BlockCosines(names: names, values: values))
                guard let score, !score.isNaN else { continue }
                sum += score
                count += 1
            }
        }
        return count > 0 ? 1 - sum / Double(count) : nil
    }
}

/// A block of one embedding, ready to be compared.
private enum Side {
    case dense([Float])
    case oneHot(columns: [UInt32], components: [Float])

    init?(_ block: Embedding.Block?) {
        switch block {
        case .dense(let vector): self = .dense(vector.components)
        case .oneHot(let codes): self = .oneHot(columns: codes.columns, components: codes.components)
        case nil: return nil
        }
    }

    func cosine(_ other: Side) -> Double {
        switch (self, other) {
        case (.dense(let first), .dense(let second)): Self.dot(first, second)
        case (.oneHot(let columns, let components), .oneHot(let others, let otherComponents)):
            Self.dot(columns, components, others, otherComponents)
        case (.dense, .oneHot), (.oneHot, .dense): preconditionFailure("a block has one kind in a space")
        }
    }

    private static func dot(_ first: [Float], _ second: [Float]) -> Double {
        // Four sums, since each addition has to wait for the one before.
        var sums = SIMD4<Double>()
        let count = min(first.count, second.count)
        var position = 0
        while position + 4 <= count {
            let one = SIMD4(first[position], first[position + 1], first[position + 2], first[position + 3])
            let other = SIMD4(second[position], second[position + 1], second[position + 2], second[position + 3])
            sums += SIMD4<Double>(one) * SIMD4<Double>(other)
            position += 4
        }
        var sum = sums.sum()
        while position < count {
            sum += Double(first[position]) * Double(second[position])
            position += 1
        }
        return sum
    }

    private static func dot(
        _ columns: [UInt32],
        _ components: [Float],
        _ others: [UInt32],
        _ otherComponents: [Float]
    ) -> Double {
        var sum = 0.0
        var one = 0
        var other = 0
        while one < columns.count, other < others.count {
            if columns[one] == others[other] { sum += Double(components[one]) * Double(otherComponents[other]) }
            if columns[one] <= others[other] { one += 1 } else { other += 1 }
        }
        return sum
    }
}

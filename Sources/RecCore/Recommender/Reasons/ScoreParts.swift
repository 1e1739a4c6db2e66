/// Splits a score into what each dense block and each attribute adds to it.
///
/// With the weights *w_b* over the blocks that both sides have, a dense block adds `w_b cos_b / sum(w)`, and an attribute of
/// a one-hot block `w_b / sum(w)` times the products of its columns.
struct ScoreParts {
    let space: EmbeddingSpace
    let fusion: any Fusion

    /// The parts of the score of two embeddings with these cosines.
    func parts(
        of wanted: ComparableEmbedding,
        _ product: ComparableEmbedding,
        cosines: BlockCosines,
        score: Double
    ) -> [ScorePart] {
        guard let weights = fusion.weights else { return [ScorePart(.similarity, value: score)] }
        let present = space.blocks.indices.filter { cosines.values[$0] != nil }
        let total = present.reduce(0) { $0 + weights[space.blocks[$1].name] }
        guard total > 0 else { return [] }
        var parts: [ScorePart] = []
        for position in present {
            let block = space.blocks[position]
            let share = weights[block.name] / total
            switch block.kind {
            case .dense:
                parts.append(ScorePart(.block(block.name), value: share * (cosines.values[position] ?? 0)))
            case .oneHot(let attributes):
                let columns = wanted.sharedColumns(with: product, block: position)
                parts = parts.adding(self.parts(columns, attributes, share: share))
            }
        }
        return parts
    }

    /// One part for each attribute of the space, in its order, whether or not anything is shared.
    private func parts(
        _ columns: [(column: UInt32, product: Double)],
        _ space: AttributeSpace,
        share: Double
    ) -> [ScorePart] {
        var values = [Double](repeating: 0, count: space.attributes.count)
        var shared = [[String]](repeating: [], count: space.attributes.count)
        for (column, product) in columns where product != 0 {
            let attribute = space.attributeOfColumn[Int(column)]
            values[attribute] += share * product
            switch space.attributes[attribute].categories[Int(column) - space.offsets[attribute]] {
            case .value(let value): shared[attribute].append(value)
            case .infrequent, .missing: break
            }
        }
        return zip(space.attributes, zip(values, shared)).map { attribute, part in
            ScorePart(.attribute(attribute.name), value: part.0, shared: part.1)
        }
    }
}

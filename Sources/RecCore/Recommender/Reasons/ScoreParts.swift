/// Splits a score into its parts, the shares of its cosines.
///
/// The share of a block of attributes is divided among the columns that both sides have; their products add up to the
/// cosine except for rounding.
struct ScoreParts {
    let comparison: Comparison

    /// The parts of a score with these cosines: one for each block without attributes and each attribute on both sides.
    ///
    /// The embeddings of query and product divide the cosine of a one-hot block among its attributes.
    func parts(
        of cosines: BlockCosines,
        _ wanted: ComparableEmbedding,
        _ product: ComparableEmbedding
    ) -> [ScorePart] {
        guard comparison.weighting.fusion == nil else {
            return comparison.weighting.score(cosines).map { [ScorePart(.similarity, value: $0)] } ?? []
        }
        guard let shares = comparison.scorer.shares(cosines) else { return [] }
        var parts: [ScorePart] = []
        for (position, block) in comparison.space.blocks.enumerated() {
            guard let cosine = cosines.values[position] else { continue }
            if let attributes = block.attributes {
                let columns = wanted.sharedColumns(with: product, block: position)
                parts = parts.adding(self.parts(columns, attributes, share: shares[position]))
            } else {
                parts.append(ScorePart(.block(block.name), value: shares[position] * cosine))
            }
        }
        return parts
    }

    /// A part for each attribute of a one-hot block.
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

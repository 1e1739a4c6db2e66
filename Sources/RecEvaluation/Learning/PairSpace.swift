internal import RecCore

/// The blocks and attributes whose weights are learned.
struct PairSpace: Sendable {
    /// The blocks whose cosine is used as it is.
    let blocks: [BlockName]
    /// The space of the metadata block, if there is one.
    let attributes: AttributeSpace?
    /// The positions of the unused attributes: the relevance attribute, and those of weight zero in the index.
    let unused: Set<Int>

    /// Reads a space.
    ///
    /// - Throws: `RecError` with code `leakingJudge` when `judge` has a weight and must not be held out; `invalidQuery`
    ///   when there is nothing to weigh.
    init(_ space: EmbeddingSpace, judge: String?, holdsOut: Bool) throws {
        let metadata = space.blocks.first { $0.name == .metadata }?.attributes
        for block in space.blocks where block.name != .metadata {
            guard let other = block.attributes, let judge,
                other.attributes.contains(where: { $0.name == judge && $0.weight > 0 })
            else { continue }
            throw RecError(
                .leakingJudge,
                "The attribute '\(judge)' is in the block '\(block.name)', so it would judge itself. Index without it."
            )
        }
        let isSplit = metadata != nil
        blocks = space.blocks.map(\.name).filter { !isSplit || $0 != .metadata }
        let all = metadata?.attributes ?? []
        if let judge, !holdsOut, all.contains(where: { $0.name == judge && $0.weight > 0 }) {
            throw RecError(
                .leakingJudge,
                "The attribute '\(judge)' is in the metadata block, so it would judge itself. Let the learner hold it out."
            )
        }
        unused = Set(all.indices.filter { all[$0].weight == 0 || all[$0].name == judge })
        attributes = metadata
        guard blocks.count + all.count - unused.count > 1 else {
            throw RecError(
                .invalidQuery,
                "There is a single block or attribute to rank by, so no weights to choose."
            )
        }
    }

    /// The initial weights, which are also the baseline of the comparison.
    ///
    /// - Throws: `RecError` with code `invalidWeight` when no block of the space has a weight.
    func equal(_ weights: BlockWeights) throws -> WeightVector {
        let all = attributes?.attributes ?? []
        let vector = WeightVector(
            blocks: blocks.map { weights[$0] },
            metadata: attributes == nil ? 0 : weights[.metadata],
            attributes: all.indices.map { unused.contains($0) ? 0 : 1 }
        )
        guard vector.isUsable else {
            throw RecError(.invalidWeight, "None of the blocks to be compared with has a weight greater than zero.")
        }
        return vector
    }

    /// The weights that are not learned: those of unused attributes, and one of each kind since only ratios matter.
    func fixed(_ start: WeightVector) -> Set<Int> {
        var fixed = Set(unused.map { blocks.count + 1 + $0 })
        if attributes == nil || start.attributes.allSatisfy({ $0 == 0 }) { fixed.insert(blocks.count) }
        for position in 0...blocks.count where start[position] == 0 { fixed.insert(position) }
        // One block is the unit for the others; of several, the first.
        if let unit = (0..<blocks.count).first(where: { !fixed.contains($0) }) { fixed.insert(unit) }
        return fixed
    }

    /// The weights by name.
    func named(_ weights: WeightVector) throws -> Weighting {
        var byName = Dictionary(uniqueKeysWithValues: zip(blocks, weights.blocks))
        if attributes != nil { byName[.metadata] = weights.attributes.contains { $0 > 0 } ? weights.metadata : 0 }
        let all = attributes?.attributes ?? []
        let sum = weights.attributes.reduce(0, +)
        let scale = sum > 0 ? Double(all.count - unused.count) / sum : 0
        return Weighting(
            try BlockWeights(byName),
            attributes: Dictionary(uniqueKeysWithValues: zip(all.map(\.name), weights.attributes.map { $0 * scale }))
        )
    }

    /// For each attribute, the cosine of its part of two blocks; `nil` if the second lacks it.
    func matches(_ first: AttributeColumns, _ second: AttributeColumns) -> [Double?] {
        zip(first.byAttribute, second.byAttribute).map { mine, theirs in
            guard !theirs.isEmpty else { return nil }
            let common = mine.count { theirs.contains($0) }
            return common == 0 ? 0 : Double(common) / (Double(mine.count) * Double(theirs.count)).squareRoot()
        }
    }
}

/// The columns of a metadata block, attribute by attribute.
struct AttributeColumns: Sendable {
    let byAttribute: [[UInt32]]

    init(_ embedding: Embedding, in space: AttributeSpace?) {
        var columns = [[UInt32]](repeating: [], count: space?.attributes.count ?? 0)
        if let space, let codes = embedding[.metadata]?.codes, codes.space == space {
            for column in codes.columns { columns[space.attributeOfColumn[Int(column)]].append(column) }
        }
        byAttribute = columns
    }
}

extension EmbeddingSpace {
    /// Checks that weights of attributes are weights, and of attributes that the space has.
    ///
    /// - Throws: ``RecCoreError`` with code `invalidWeight` or `unknownAttribute`.
    package func validate(attributeWeights: [String: Double]) throws(RecCoreError) {
        guard !attributeWeights.isEmpty else { return }
        let names = blocks.flatMap { block in
            if case .oneHot(let space) = block.kind { space.attributes.map(\.name) } else { [String]() }
        }
        for (name, weight) in attributeWeights.sorted(by: { $0.key < $1.key }) {
            guard weight.isFinite, weight >= 0 else {
                throw RecCoreError(
                    .invalidWeight,
                    "The weight of attribute '\(name)' is \(weight); it must be 0 or greater."
                )
            }
            guard names.contains(name) else {
                throw RecCoreError(
                    .unknownAttribute,
                    "No block is made of an attribute '\(name)'; the index compares by: \(names.joined(separator: ", "))."
                )
            }
        }
    }

    /// The weights of the attributes of each one-hot block, with some replaced by name.
    package func weights(replacing replacements: [String: Double]) -> [[Double]] {
        blocks.compactMap { block in
            if case .oneHot(let space) = block.kind { space.weights(replacing: replacements) } else { nil }
        }
    }
}

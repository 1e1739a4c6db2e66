extension EmbeddingSpace {
    /// Checks that the weights of attributes are valid and that the space has the attributes.
    ///
    /// - Throws: ``RecError`` with code `invalidWeight` or `unknownAttribute`.
    package func validate(_ weighting: Weighting) throws(RecError) {
        let attributeWeights = weighting.attributes
        guard !attributeWeights.isEmpty else { return }
        let names = blocks.flatMap { $0.attributes?.attributes.map(\.name) ?? [] }
        for (name, weight) in attributeWeights.sorted(by: { $0.key < $1.key }) {
            guard weight.isFinite, weight >= 0 else {
                throw RecError(
                    .invalidWeight,
                    "The weight of attribute '\(name)' is \(weight); it must be 0 or greater."
                )
            }
            guard names.contains(name) else {
                throw RecError(
                    .unknownAttribute,
                    "No block is made of an attribute '\(name)'; the index compares by: \(names.joined(separator: ", "))."
                )
            }
        }
    }

    /// The weights of the attributes of each one-hot block, with those of the weighting.
    package func attributeWeights(_ weighting: Weighting) -> [[Double]] {
        blocks.compactMap { $0.attributes?.weights(replacing: weighting.attributes) }
    }
}

extension EmbeddingSpace.Block {
    /// Creates the image block that an extractor fills.
    public init(image extractor: some FeatureExtractor) {
        self.init(name: .image, kind: .dense(dimension: extractor.dimension, recipe: extractor.recipe))
    }

    /// Creates the metadata block that an encoder fills.
    public init(metadata encoder: some MetadataEncoder) {
        self.init(name: .metadata, kind: .oneHot(encoder.space))
    }

    /// Says where `other` differs in what makes vectors comparable; empty when they may be mixed.
    public func differences(from other: EmbeddingSpace.Block) -> [String] {
        let mine = name == other.name ? [] : ["the name \(name) is not \(other.name)"]
        switch (kind, other.kind) {
        case (.dense(let dimension, let recipe), .dense(let otherDimension, let otherRecipe)):
            let dimensions = dimension == otherDimension ? [] : ["dimension: \(dimension) is not \(otherDimension)"]
            return mine + recipe.differences(from: otherRecipe) + dimensions
        case (.oneHot(let space), .oneHot(let otherSpace)):
            return mine + space.differences(from: otherSpace)
        case (.dense, .oneHot):
            return mine + ["dense is not one-hot"]
        case (.oneHot, .dense):
            return mine + ["one-hot is not dense"]
        }
    }

    /// Checks that a block of an embedding may be compared with the blocks of this space.
    func validate(_ given: Embedding.Block) throws(RecCoreError) {
        let kind: EmbeddingSpace.Kind =
            switch given {
            case .dense(let vector): .dense(dimension: vector.dimension, recipe: vector.recipe)
            case .oneHot(let codes): .oneHot(codes.space)
            case .mixture(let mixture): .oneHot(mixture.space)
            }
        guard kind != self.kind else { return }
        if case (.dense(let found, let recipe), .dense(let expected, let ours)) = (kind, self.kind), recipe == ours {
            throw RecCoreError(
                .dimensionMismatch,
                "Block '\(name)' has \(found) components; the index has \(expected)."
            )
        }
        let reasons = EmbeddingSpace.Block(name: name, kind: kind).differences(from: self).joined(separator: "; ")
        throw RecCoreError(
            .recipeMismatch,
            "Block '\(name)' was made by another recipe (\(reasons)). Use the settings the index was built with, or build "
                + "the index anew."
        )
    }
}

extension AttributeSpace {
    /// Says attribute by attribute where `other` differs; empty when the spaces are equal.
    fileprivate func differences(from other: AttributeSpace) -> [String] {
        guard self != other else { return [] }
        let names = attributes.map(\.name)
        guard names == other.attributes.map(\.name) else {
            let list = other.attributes.map(\.name).joined(separator: ", ")
            return ["attributes: \(names.joined(separator: ", ")) are not \(list)"]
        }
        return zip(attributes, other.attributes).compactMap { mine, theirs in
            if mine.categories != theirs.categories || mine.infrequentMembers != theirs.infrequentMembers {
                return "attribute \(mine.name): other categories"
            }
            return mine.weight == theirs.weight
                ? nil : "attribute \(mine.name): weight \(mine.weight) is not \(theirs.weight)"
        }
    }
}

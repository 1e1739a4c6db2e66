extension EmbeddingSpace.Block {
    /// Creates the image block that an extractor fills.
    public init(image extractor: some FeatureExtractor) {
        self.init(name: .image, kind: .init(dimension: extractor.dimension, recipe: extractor.recipe))
    }

    /// Creates the metadata block that an encoder fills.
    public init(metadata encoder: some MetadataEncoder) {
        self.init(name: .metadata, kind: .init(attributes: encoder.space))
    }

    /// The differences of `other` that make vectors incomparable; empty when they may be mixed.
    package func differences(from other: EmbeddingSpace.Block) -> [String] {
        let mine = name == other.name ? [] : ["the name \(name) is not \(other.name)"]
        if let recipe, let otherRecipe = other.recipe {
            let dimensions = dimension == other.dimension ? [] : ["dimension: \(dimension) is not \(other.dimension)"]
            return mine + recipe.differences(from: otherRecipe) + dimensions
        }
        if let attributes, let otherAttributes = other.attributes {
            return mine + attributes.differences(from: otherAttributes)
        }
        return mine + ["\(kind.word) is not \(other.kind.word)"]
    }

    /// Checks that a block of an embedding may be compared with the blocks of this space.
    func validate(_ given: Embedding.Block) throws(RecError) {
        let kind = given.content.kind
        guard kind != self.kind else { return }
        if let recipe = kind.recipe, recipe == self.recipe {
            throw RecError(
                .dimensionMismatch,
                "Block '\(name)' has \(kind.dimension) components; the index has \(dimension)."
            )
        }
        let reasons = EmbeddingSpace.Block(name: name, kind: kind).differences(from: self).joined(separator: "; ")
        throw RecError(
            .recipeMismatch,
            "Block '\(name)' was made by another recipe (\(reasons)). Use the settings the index was built with, or build "
                + "the index anew."
        )
    }
}

extension AttributeSpace {
    /// The differences of `other`, attribute by attribute; empty when the spaces are equal.
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

extension EmbeddingTransform {
    /// Transforms one dense block of an embedding; the other blocks do not change, and a missing block stays missing.
    ///
    /// - Throws: ``RecError`` with code `recipeMismatch` when the block is one-hot or was made by another recipe, and
    ///   `invalidVector` when the result has zero length.
    public func apply(to embedding: Embedding, block: BlockName = .image) throws(RecError) -> Embedding {
        var result = embedding
        if let given = embedding[block] {
            guard let vector = given.vector else { throw Self.oneHot(block) }
            result[block] = .init(try apply(to: vector))
        }
        return result
    }

    /// Transforms one dense block of a product's embedding.
    ///
    /// - Throws: ``RecError`` as ``apply(to:block:)`` does.
    public func apply(to product: EmbeddedProduct, block: BlockName = .image) throws(RecError) -> EmbeddedProduct {
        EmbeddedProduct(product: product.product, embedding: try apply(to: product.embedding, block: block))
    }

    /// The space of embeddings after one block is transformed.
    ///
    /// - Throws: ``RecError`` with code `noSharedBlock` when the space lacks the block; `recipeMismatch` or
    ///   `dimensionMismatch` when its vectors are not those that the transform was fitted to.
    public func apply(to space: EmbeddingSpace, block name: BlockName = .image) throws(RecError) -> EmbeddingSpace {
        guard let block = space.blocks.first(where: { $0.name == name }) else {
            throw RecError(.noSharedBlock, "The space has no block '\(name)' to transform.")
        }
        guard let recipe = block.recipe else { throw Self.oneHot(name) }
        guard recipe == base else {
            let reasons = recipe.differences(from: base).joined(separator: "; ")
            throw RecError(.recipeMismatch, "The transform is not made for block '\(name)' (\(reasons)).")
        }
        guard block.dimension == inputDimension else {
            throw RecError(
                .dimensionMismatch,
                "Block '\(name)' has \(block.dimension) components; the transform is made for \(inputDimension)."
            )
        }
        let made = EmbeddingSpace.Block(name: name, kind: .init(dimension: outputDimension, recipe: self.recipe))
        return EmbeddingSpace(blocks: space.blocks.map { $0.name == name ? made : $0 })
    }

    private static func oneHot(_ block: BlockName) -> RecError {
        RecError(.recipeMismatch, "Block '\(block)' is one-hot; only dense blocks can be transformed.")
    }
}

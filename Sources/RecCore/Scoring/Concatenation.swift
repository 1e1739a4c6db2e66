/// Writes an embedding out as one flat vector whose cosine is the weighted mean of the block cosines.
///
/// For engines that store a single vector per item. Each block is scaled by `sqrt(w_b / sum w)`, with the sum over the
/// blocks that the embedding has, so the result has unit length and dot product and cosine agree. The weights are fixed
/// when the vector is stored. A missing block is zeros: between vectors that lack different blocks the cosine counts it
/// as no similarity, whereas the weighted mean of ``Weighting`` leaves it out.
package struct Concatenation: Sendable {
    /// The space whose blocks are concatenated, in its order.
    package let space: EmbeddingSpace

    /// The weights of the blocks, fixed in the vectors.
    package let weights: BlockWeights

    /// Creates a concatenation.
    package init(space: EmbeddingSpace, weights: BlockWeights = .standard) {
        self.space = space
        self.weights = weights
    }

    /// The number of components of each flat vector: the sum over all blocks.
    package var dimension: Int { space.blocks.reduce(0) { $0 + $1.dimension } }

    /// The flat vector of an embedding: ``dimension`` components, of unit length.
    ///
    /// - Throws: ``RecError`` when the embedding does not fit the space, or with code `noSharedBlock` when it has no
    ///   block of positive weight.
    /// - Complexity: O(``dimension``)
    package func vector(of embedding: Embedding) throws(RecError) -> [Float] {
        try space.validate(embedding)
        let total = space.blocks.reduce(0.0) { sum, block in
            embedding[block.name] == nil ? sum : sum + weights[block.name]
        }
        guard total > 0 else {
            throw RecError(.noSharedBlock, "The embedding has no block with a weight greater than zero.")
        }
        var result: [Float] = []
        result.reserveCapacity(dimension)
        for block in space.blocks {
            let scale = Float((weights[block.name] / total).squareRoot())
            if let content = embedding[block.name]?.content {
                result += content.flat.map { $0 * scale }
            } else {
                result += [Float](repeating: 0, count: block.dimension)
            }
        }
        return result
    }
}

extension EmbeddingSpace {
    /// An embedding written out as one flat vector of unit length, for engines that store a single vector per product.
    ///
    /// Each block is scaled by `sqrt(w_b / sum w)`, with the sum over the blocks that the embedding has, so that the dot
    /// product of two vectors is their cosine and equals the weighted mean of the cosines of the blocks. The weights are
    /// fixed when the vector is stored. A missing block is zeros: between vectors that lack different blocks the cosine
    /// counts it as no similarity, whereas a ``Weighting`` leaves it out.
    ///
    /// - Throws: ``RecError`` when the embedding does not fit the space, or with code `noSharedBlock` when it has no
    ///   block of positive weight.
    public func concatenated(
        _ embedding: Embedding,
        weights: BlockWeights = .standard
    ) throws(RecError) -> [Float] {
        try Concatenation(space: self, weights: weights).vector(of: embedding)
    }
}

internal import RecCore

/// The embeddings of all products, block by block, one row for each product.
struct BlockTable: Sendable {
    /// The space of the embeddings.
    let space: EmbeddingSpace

    /// The blocks of the space, in its order.
    let blocks: [any StoredBlock]

    /// The number of products.
    let rowCount: Int

    /// The embedding of one product.
    ///
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    /// - Complexity: O(dimension)
    func embedding(at row: Int) throws(RecError) -> Embedding {
        var embedding = Embedding([:])
        for (block, stored) in zip(space.blocks, blocks) { embedding[block.name] = try stored.block(of: row) }
        return embedding
    }
}

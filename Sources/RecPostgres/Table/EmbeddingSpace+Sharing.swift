internal import RecCore

extension EmbeddingSpace {
    /// The same space, with the attribute spaces of an embedding in place of its own.
    ///
    /// - Precondition: The embedding belongs to the space.
    func sharingTables(of embedding: Embedding) -> EmbeddingSpace {
        EmbeddingSpace(
            blocks: blocks.map { block in
                guard let codes = embedding[block.name]?.codes else { return block }
                return Block(name: block.name, kind: .oneHot(codes.space))
            }
        )
    }
}

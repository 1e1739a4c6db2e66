/// Compares embeddings of one space under one weighting, outside an index.
package struct Comparison: Sendable {
    package let space: EmbeddingSpace
    package let weighting: Weighting
    package let scorer: BlockScorer

    package init(_ space: EmbeddingSpace, _ weighting: Weighting) {
        self.space = space
        self.weighting = weighting
        scorer = BlockScorer(weighting, names: space.blocks.map(\.name))
    }

    /// An embedding prepared for comparison with many others.
    package func comparable(_ embedding: Embedding) -> ComparableEmbedding {
        ComparableEmbedding(embedding, in: space, weighting)
    }

    /// The score of two embeddings; cosines of blocks without a weight are not computed.
    package func score(_ first: ComparableEmbedding, _ second: ComparableEmbedding) -> Double? {
        scorer.score { first.cosine(with: second, block: $0) }
    }
}

/// The operations of a kind of block; no other code depends on the kinds.
protocol BlockContent: Sendable {
    /// The kind of the block; blocks of equal kinds are comparable.
    var kind: EmbeddingSpace.Kind { get }

    /// The unit vector written out, as long as ``EmbeddingSpace/Block/dimension``.
    var flat: [Float] { get }

    /// The opposite block, whose cosine with any other has the other sign.
    var negated: Embedding.Block { get throws(RecError) }

    /// The block, made ready to be compared with many others.
    func comparable(_ weighting: Weighting) -> ComparableEmbedding.Side

    /// The weighted sum of several blocks of one space, scaled to unit length, and the length that it had.
    ///
    /// - Returns: The sum, or `nil` when it has no direction. This block is one of `terms`.
    /// - Throws: ``RecError`` with code `invalidVector`.
    func sum(
        of terms: [(block: Embedding.Block, weight: Double)],
        _ weighting: Weighting
    ) throws(RecError) -> (Embedding.Block, length: Double)?
}

/// Combines the cosines of an embedding's blocks into one score, instead of the weighted mean.
///
/// Give a ``Weighting`` your own fusion to rank by another formula. A greater score is always nearer.
public protocol Fusion: Sendable, Hashable {
    /// The score for the cosines of the blocks that both sides have.
    ///
    /// - Parameters:
    ///   - cosines: The cosine of each block; `nil` for a block that either side lacks.
    ///   - weights: The weights of the blocks in the ``Weighting`` that holds this fusion.
    /// - Returns: The score, or `nil` when this fusion cannot use any of `cosines`; such a pair is not ranked. A score
    ///   that is not a number counts as `nil`.
    func score(_ cosines: BlockCosines, weights: BlockWeights) -> Double?
}

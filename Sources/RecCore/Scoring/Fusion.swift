/// Combines the cosines of an embedding's blocks into one score, instead of the weighted mean.
///
/// Give a ``Weighting`` a fusion of your own to rank by another formula. Greater is nearer, always.
public protocol Fusion: Sendable, Hashable {
    /// The score for the cosines of the blocks that both sides have.
    ///
    /// - Parameters:
    ///   - cosines: The cosine of each block; `nil` for a block that either side lacks.
    ///   - weights: The weights of the blocks in the ``Weighting`` that holds this fusion.
    /// - Returns: The score, or `nil` when `cosines` holds nothing that this fusion can use: such a pair is not ranked.
    ///   A score that is not a number counts as `nil`.
    func score(_ cosines: BlockCosines, weights: BlockWeights) -> Double?
}

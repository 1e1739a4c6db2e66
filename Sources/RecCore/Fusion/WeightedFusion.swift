/// The weighted mean of the block cosines.
///
///     score = sum(w_b * cos_b) / sum(w_b)     over the blocks b that both sides have
///
/// This equals the cosine of the vectors made by concatenating the blocks, each scaled by `sqrt(w_b)`
/// (``Concatenation``), whenever both sides have the same blocks. A block that either side lacks drops out and the
/// weights of the rest are renormalised. Scaling both sides by `w` instead would give it the weight `w * w`.
public struct WeightedFusion: Fusion {
    private let blockWeights: BlockWeights

    /// Creates a fusion.
    public init(_ weights: BlockWeights = .standard) {
        blockWeights = weights
    }

    /// The weights of the blocks.
    public var weights: BlockWeights? { blockWeights }

    /// The weighted mean, or `nil` when no block of positive weight is present on both sides.
    public func score(_ cosines: BlockCosines) -> Double? {
        var sum = 0.0
        var total = 0.0
        for (name, cosine) in zip(cosines.names, cosines.values) {
            guard let cosine else { continue }
            sum += blockWeights[name] * cosine
            total += blockWeights[name]
        }
        return total > 0 ? sum / total : nil
    }
}

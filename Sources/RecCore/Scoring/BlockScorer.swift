/// The one formula from cosines to a score and its parts, for the blocks of one space in their order.
///
/// Scans of an index repeat the weighted mean inside their loops; a test checks that both give the same bits.
package struct BlockScorer: Sendable {
    /// The blocks by position.
    package let names: [BlockName]

    /// The weight of each block.
    package let weights: [Double]

    private let blockWeights: BlockWeights
    private let fusion: (any Fusion)?

    package init(_ weighting: Weighting, names: [BlockName]) {
        self.names = names
        weights = names.map { weighting.blocks[$0] }
        blockWeights = weighting.blocks
        fusion = weighting.fusion
    }

    /// The score, from the cosine of each block by position; `nil` when the pair is not to be ranked.
    ///
    /// The weighted mean requests only the cosines of blocks with a weight.
    package func score(_ cosine: (Int) -> Double?) -> Double? {
        if let fusion {
            let cosines = BlockCosines(names: names, values: names.indices.map(cosine))
            return fusion.score(cosines, weights: blockWeights).flatMap { $0.isNaN ? nil : $0 }
        }
        var sum = 0.0
        var total = 0.0
        for position in weights.indices where weights[position] > 0 {
            guard let cosine = cosine(position) else { continue }
            sum += weights[position] * cosine
            total += weights[position]
        }
        return total > 0 ? sum / total : nil
    }

    /// The share of each block in the score of a pair, 0 for one that is missing.
    ///
    /// Shares add up to 1. `nil` when there is no score, or it is not a weighted mean and so has no parts.
    package func shares(_ cosines: BlockCosines) -> [Double]? {
        guard fusion == nil else { return nil }
        let present = weights.indices.map { cosines.values[$0] == nil ? 0 : weights[$0] }
        let total = present.reduce(0, +)
        return total > 0 ? present.map { $0 / total } : nil
    }
}

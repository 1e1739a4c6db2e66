internal import RecMath

/// The rules for comparing two embeddings: the weights of blocks and attributes, and the formula.
///
///     score = sum(w_b * cos_b) / sum(w_b)     over the blocks b that both sides have
///
/// This equals the cosine of the vectors made by concatenating the blocks, each scaled by `sqrt(w_b)`
/// (``EmbeddingSpace/concatenated(_:weights:)``), whenever both sides have the same blocks. A block that either side
/// lacks is left out and the weights of the rest are renormalised. Scaling both sides by `w` instead would give it the
/// weight `w * w`.
///
/// ```swift
/// var weighting = Weighting(try BlockWeights(image: 0.6))
/// weighting.attributes["season"] = 0     // seasons do not count
/// ```
public struct Weighting: Sendable, Hashable {
    /// The weight of each block.
    public var blocks: BlockWeights

    /// Weights of attributes within the one-hot blocks, by name, that replace those of the index's space.
    ///
    /// Both sides are compared as if encoded with these weights; 0 leaves an attribute out.
    public var attributes: [String: Double]

    /// A formula that replaces the weighted mean; `nil` for the weighted mean.
    ///
    /// An index computes every cosine of every product for such a formula, so its answers take longer. Scores by a
    /// custom formula do not split into parts.
    public var fusion: (any Fusion)? {
        get { formula?.fusion }
        set { formula = newValue.map(Formula.init) }
    }

    private var formula: Formula?

    /// Creates a weighting.
    public init(
        _ blocks: BlockWeights = .standard,
        attributes: [String: Double] = [:],
        fusion: (any Fusion)? = nil
    ) {
        self.blocks = blocks
        self.attributes = attributes
        formula = fusion.map(Formula.init)
    }

    /// 0.8 for the picture, 0.2 for the attributes, each attribute with the weight of the index's space.
    public static let standard = Weighting()

    /// The score for the cosines of two embeddings, or `nil` when no block of positive weight is present on both sides.
    package func score(_ cosines: BlockCosines) -> Double? {
        BlockScorer(self, names: cosines.names).score { cosines.values[$0] }
    }
}

/// A fusion of any type that can be compared.
private struct Formula: Sendable, Hashable {
    let fusion: any Fusion

    static func == (lhs: Formula, rhs: Formula) -> Bool { AnyHashable(lhs.fusion) == AnyHashable(rhs.fusion) }

    func hash(into hasher: inout Hasher) { hasher.combine(AnyHashable(fusion)) }
}

extension Weighting: CustomStringConvertible {
    /// The weights of the blocks, then those of the attributes that are replaced.
    public var description: String {
        let attributes = attributes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.decimals(2))" }
        return ([blocks.text] + attributes).joined(separator: ", ")
    }
}

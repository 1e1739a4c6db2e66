public import RecCore

/// Weights of blocks, and of attributes within the metadata block.
public struct LearnedWeights: Sendable, Hashable {
    /// The weights of the blocks.
    public let blocks: BlockWeights

    /// The weights of the attributes by name, not negative; only their ratios matter.
    ///
    /// They add up to the number of attributes that take part, so that equal weights are 1 each. Empty when the space has
    /// no metadata block.
    public let attributes: [String: Double]

    /// Creates weights.
    public init(blocks: BlockWeights, attributes: [String: Double]) {
        self.blocks = blocks
        self.attributes = attributes
    }
}

/// The learned weights, as numbers in a fixed order.
package struct WeightVector: Sendable, Hashable {
    /// The weights of the blocks except the metadata.
    var blocks: [Double]
    /// The weight of the metadata block; 0 when there is none.
    var metadata: Double
    /// The weights of the attributes.
    var attributes: [Double]

    package init(blocks: [Double], metadata: Double, attributes: [Double]) {
        self.blocks = blocks
        self.metadata = metadata
        self.attributes = attributes
    }

    /// The number of weights.
    var count: Int { blocks.count + 1 + attributes.count }

    subscript(position: Int) -> Double {
        get {
            if position < blocks.count { return blocks[position] }
            return position == blocks.count ? metadata : attributes[position - blocks.count - 1]
        }
        set {
            if position < blocks.count {
                blocks[position] = newValue
            } else if position == blocks.count {
                metadata = newValue
            } else {
                attributes[position - blocks.count - 1] = newValue
            }
        }
    }

    /// Whether any weight is positive, so that products can be ranked.
    var isUsable: Bool {
        blocks.contains { $0 > 0 } || (metadata > 0 && attributes.contains { $0 > 0 })
    }
}

/// The cosines between two embeddings, block by block; a block that either side lacks is absent.
public struct BlockCosines: Sendable, Hashable {
    /// The names in the order of the space.
    public let names: [BlockName]

    /// The cosines in the same order, each from -1 to 1; `nil` where a side lacks the block.
    public var values: [Double?]

    /// Creates cosines.
    ///
    /// - Precondition: `names` and `values` have the same count.
    public init(names: [BlockName], values: [Double?]) {
        precondition(names.count == values.count, "one value for each name")
        self.names = names
        self.values = values
    }

    /// The cosine of a block, or `nil` where a side lacks it.
    public subscript(name: BlockName) -> Double? {
        names.firstIndex(of: name).flatMap { values[$0] }
    }
}

extension BlockCosines: CustomStringConvertible {
    /// The cosines as `image 0.91, metadata 0.71`; a dash where a side lacks the block.
    public var description: String {
        zip(names, values).map { "\($0) \($1.map { "\($0)" } ?? "–")" }.joined(separator: ", ")
    }
}

extension BlockCosines {
    /// The cosines with the other sign.
    var negated: BlockCosines { BlockCosines(names: names, values: values.map { $0.map { -$0 } }) }
}

extension BlockCosines {
    /// No block in common.
    static func none(of space: EmbeddingSpace) -> BlockCosines {
        BlockCosines(names: space.blocks.map(\.name), values: space.blocks.map { _ in nil })
    }
}

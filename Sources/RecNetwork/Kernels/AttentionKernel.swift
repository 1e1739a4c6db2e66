internal import CRecKernels
package import RecCompute

/// Attention, a head at a time.
@safe
package struct AttentionKernel: BlockedKernel {
    private let attention: Attention
    private let query: BlockedShape
    private let key: BlockedShape
    private let value: BlockedShape
    private let level: ProcessorLevel
    private let queryOffsets: [Int]
    private let scoreOffsets: [Int]

    /// The shapes are those of the maps of queries, keys and values, which must fit.
    package init(_ attention: Attention, _ inputs: [BlockedShape], level: ProcessorLevel) {
        precondition(inputs.count == 3 && inputs[1].pixels == inputs[2].pixels, "maps")
        self.attention = attention
        (query, key, value) = (inputs[0], inputs[1], inputs[2])
        self.level = level
        let queryPitch = inputs[0].blockCount
        queryOffsets = (0..<attention.queries.count / BlockedShape.lanes).map { $0 * queryPitch }
        let keyBlocks = (inputs[1].pixels + BlockedShape.lanes - 1) / BlockedShape.lanes
        scoreOffsets = (0..<keyBlocks).map { $0 * REC_ATTENTION_ROWS * BlockedShape.lanes }
    }

    package var algorithm: String { "attention" }
    package var inputCount: Int { query.count }
    package var secondCount: Int { key.count }
    package var otherCounts: [Int] { [value.count] }
    package var outputCount: Int { output.count }
    package var parameterCount: Int { attention.mask.count }
    package var multiplyAdds: Int {
        attention.heads * query.pixels * key.pixels * (attention.keys.count + attention.values.count)
    }

    private var output: BlockedShape {
        BlockedShape(channels: attention.heads * attention.values.count, height: 1, width: query.pixels)
    }

    package func privateScratch(images: Int) -> Int {
        rec_attention_scratch(key.pixels, queryOffsets.count, attention.values.count / BlockedShape.lanes)
    }

    package func units(images: Int) -> [Int] { [images * attention.heads] }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        guard let keys = unsafe memory.second, let values = unsafe memory.input(at: 2) else { return }
        let (image, head) = unit.quotientAndRemainder(dividingBy: attention.heads)
        func place(_ shape: BlockedShape, _ heads: Attention.Heads) -> Int {
            image * shape.count + (heads.first + head * heads.stride) / BlockedShape.lanes * shape.blockCount
        }
        let ownMask = attention.mask.count > query.pixels * key.pixels ? head * query.pixels * key.pixels : 0
        let valueBlocks = attention.values.count / BlockedShape.lanes
        unsafe queryOffsets.withUnsafeBufferPointer { queryOffsets in
            unsafe scoreOffsets.withUnsafeBufferPointer { scoreOffsets in
                unsafe attention.mask.withUnsafeBufferPointer { mask in
                    var raw = unsafe rec_attention(
                        queries: query.pixels,
                        keys: key.pixels,
                        depth_blocks: queryOffsets.count,
                        value_blocks: valueBlocks,
                        query: memory.input + place(query, attention.queries),
                        key: keys + place(key, attention.keys),
                        value: values + place(value, attention.values),
                        key_pitch: key.blockCount,
                        value_pitch: value.blockCount,
                        query_offsets: queryOffsets.baseAddress,
                        score_offsets: scoreOffsets.baseAddress,
                        scale: attention.scale,
                        mask: mask.isEmpty ? nil : mask.baseAddress.map { unsafe $0 + ownMask },
                        output: memory.output + image * output.count + head * valueBlocks * output.blockCount,
                        output_pitch: output.blockCount,
                        scratch: memory.own
                    )
                    unsafe level.kernels.pointee.network.attention(&raw)
                }
            }
        }
    }
}

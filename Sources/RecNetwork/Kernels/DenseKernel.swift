internal import CRecKernels
package import RecCompute

/// A fully connected layer: for each output the dot product with the whole map, bias, activation.
///
/// The images of a batch go through the weights together, so that these are read from memory once.
@safe
package struct DenseKernel: BlockedKernel {
    private let input: BlockedShape
    private let outputs: Int
    private let weights: PackedFloats
    private let finish: KernelFinish
    private let level: ProcessorLevel
    private let threads: Int
    private let offsets: [Int]

    /// Packs the weights, outputs x inputs, the inputs in the order of a CHW map.
    package init(
        _ input: BlockedShape,
        outputs: Int,
        weights: [Float],
        bias: [Float],
        activation: Activation?,
        level: ProcessorLevel,
        threads: Int
    ) {
        let columns = input.channels * input.pixels
        precondition(weights.count == outputs * columns, "weights size")
        precondition(bias.count == outputs, "bias size")
        self.input = input
        self.outputs = outputs
        self.level = level
        self.threads = threads
        finish = KernelFinish(bias: bias, activation: activation)
        offsets = (0..<input.count / BlockedShape.lanes).map { $0 * BlockedShape.lanes }
        let order = (0..<input.count).map { place in
            let channel = place / input.blockCount * BlockedShape.lanes + place % BlockedShape.lanes
            return channel < input.channels
                ? channel * input.pixels + place % input.blockCount / BlockedShape.lanes : -1
        }
        let planes = BlockedShape(channels: outputs, height: 1, width: 1).count
        self.weights = unsafe PackedFloats(uninitializedCount: input.count * planes) { target in
            unsafe rec_pack_panels_f32(weights, outputs, columns, 1, order, order.count, BlockedShape.panel, target)
        }
    }

    package var algorithm: String { "dense" }
    package var inputCount: Int { input.count }
    package var outputCount: Int { blocks * BlockedShape.lanes }
    package var parameterCount: Int { weights.count + outputs }
    package var multiplyAdds: Int { outputs * input.channels * input.pixels }

    private var blocks: Int { (outputs + BlockedShape.lanes - 1) / BlockedShape.lanes }

    /// Blocks that are computed together.
    private static let together = 8

    private var groups: Int { (blocks + Self.together - 1) / Self.together }

    package func units(images: Int) -> [Int] {
        [threads > 1 ? min(groups, 8 * threads) : 1]
    }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        let lanes = BlockedShape.lanes
        let groups = part(unit, of: units(images: images)[0], total: groups)
        let first = groups.lowerBound * Self.together
        unsafe offsets.withUnsafeBufferPointer { offsets in
            var product = unsafe rec_product(
                input: memory.input,
                offsets: offsets.baseAddress,
                offset_count: offsets.count,
                run: lanes,
                pixel_pitch: inputCount,
                row_pitch: 0,
                rows: 1,
                pixels: images,
                weights: weights.base + first * lanes * inputCount,
                blocks: min(groups.upperBound * Self.together, blocks) - first,
                output: memory.output + first * lanes,
                output_block_pitch: lanes,
                output_row_pitch: 0,
                output_pixel_pitch: outputCount,
                finish: finish.raw(block: first, residual: nil)
            )
            unsafe level.kernels.pointee.network.product(&product)
        }
    }
}

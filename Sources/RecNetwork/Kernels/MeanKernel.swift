internal import CRecKernels
package import RecCompute

/// The mean of each channel.
@safe
package struct MeanKernel: BlockedKernel {
    private let shape: BlockedShape
    private let level: ProcessorLevel

    /// Blocks of a unit.
    private static let together = 4

    package init(_ shape: BlockedShape, level: ProcessorLevel) {
        self.shape = shape
        self.level = level
    }

    package var algorithm: String { "mean" }
    package var inputCount: Int { shape.count }
    package var outputCount: Int { shape.blocks * BlockedShape.lanes }

    /// Units of an image.
    private var parts: Int { (shape.blocks + Self.together - 1) / Self.together }

    package func units(images: Int) -> [Int] { [images * parts] }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        let first = unit % parts * Self.together
        let block = unit / parts * shape.blocks + first
        unsafe level.kernels.pointee.network.mean(
            memory.input + block * shape.blockCount,
            shape.pixels,
            min(Self.together, shape.blocks - first),
            memory.output + block * BlockedShape.lanes
        )
    }
}

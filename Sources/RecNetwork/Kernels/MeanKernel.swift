internal import CRecKernels

/// The mean of each channel.
@safe
package struct MeanKernel: BlockedKernel {
    private let shape: BlockedShape

    package init(_ shape: BlockedShape) { self.shape = shape }

    package var algorithm: String { "mean" }
    package var inputCount: Int { shape.count }
    package var outputCount: Int { shape.blocks * BlockedShape.lanes }

    package func units(images: Int) -> [Int] { [images * shape.blocks] }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        unsafe rec_blocked_mean_f32(
            memory.input + unit * shape.blockCount,
            shape.pixels,
            memory.output + unit * BlockedShape.lanes
        )
    }
}

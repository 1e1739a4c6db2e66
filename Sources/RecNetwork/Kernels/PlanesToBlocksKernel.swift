internal import CRecKernels

/// Converts a planar image (CHW) to blocks, for networks whose first layer is not a convolution of all channels.
@safe
package struct PlanesToBlocksKernel: BlockedKernel {
    private let shape: BlockedShape

    package init(_ shape: BlockedShape) { self.shape = shape }

    package var algorithm: String { "layout" }
    package var inputCount: Int { shape.channels * shape.pixels }
    package var outputCount: Int { shape.count }

    package func units(images: Int) -> [Int] { [images] }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        unsafe rec_planes_to_blocks_f32(
            memory.input + unit * inputCount,
            shape.channels,
            shape.pixels,
            memory.output + unit * outputCount
        )
    }
}

internal import CRecKernels

/// The mean over each window.
@safe
package struct AveragePoolKernel: BlockedKernel {
    private let window: WindowGeometry
    private let pooling: AveragePooling

    package init(_ window: WindowGeometry, pooling: AveragePooling) {
        self.window = window
        self.pooling = pooling
    }

    package var algorithm: String { "mean" }
    package var inputCount: Int { window.blockedInput.count }
    package var outputCount: Int { window.blockedOutput.count }

    package func units(images: Int) -> [Int] { [images * window.blockedInput.blocks] }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        var raw = window.raw
        unsafe rec_average_pool_f32(
            &raw,
            memory.input + unit * window.blockedInput.blockCount,
            pooling.countedBottom,
            pooling.countedRight,
            pooling.countsPadding ? 1 : 0,
            memory.output + unit * window.blockedOutput.blockCount
        )
    }
}

internal import CRecKernels
package import RecCompute

/// The maximum over each window.
@safe
package struct MaxPoolKernel: BlockedKernel {
    private let window: WindowGeometry
    private let level: ProcessorLevel

    package init(_ window: WindowGeometry, level: ProcessorLevel) {
        self.window = window
        self.level = level
    }

    package var algorithm: String { "maximum" }
    package var inputCount: Int { window.blockedInput.count }
    package var outputCount: Int { window.blockedOutput.count }

    package func units(images: Int) -> [Int] { [images * window.blockedInput.blocks] }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        var raw = window.raw
        unsafe level.kernels.pointee.network.maxpool(
            &raw,
            memory.input + unit * window.blockedInput.blockCount,
            memory.output + unit * window.blockedOutput.blockCount
        )
    }
}

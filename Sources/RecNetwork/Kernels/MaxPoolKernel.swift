internal import CRecKernels
package import RecCompute

/// The maximum over each window.
@safe
package struct MaxPoolKernel: BlockedKernel {
    private let window: WindowGeometry
    private let variant: KernelVariant

    package init(_ window: WindowGeometry, variant: KernelVariant) {
        self.window = window
        self.variant = variant
    }

    package var algorithm: String { "maximum" }
    package var inputCount: Int { window.blockedInput.count }
    package var outputCount: Int { window.blockedOutput.count }

    package func units(images: Int) -> [Int] { [images * window.blockedInput.blocks] }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        var raw = window.raw
        unsafe rec_blocked_maxpool_f32(
            variant.raw,
            &raw,
            memory.input + unit * window.blockedInput.blockCount,
            memory.output + unit * window.blockedOutput.blockCount
        )
    }
}

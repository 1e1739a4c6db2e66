internal import CRecKernels
package import RecCompute

/// Each channel of a map times its value in a vector, as in squeeze-and-excitation.
@safe
package struct GateKernel: BlockedKernel {
    private let shape: BlockedShape
    private let finish: KernelFinish
    private let level: ProcessorLevel

    package init(_ shape: BlockedShape, activation: Activation?, level: ProcessorLevel) {
        self.shape = shape
        finish = KernelFinish(activation: activation)
        self.level = level
    }

    package var algorithm: String { "gate" }
    package var inputCount: Int { shape.count }
    package var secondCount: Int { shape.blocks * BlockedShape.lanes }
    package var outputCount: Int { shape.count }

    package func units(images: Int) -> [Int] { [images * shape.blocks] }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        let place = unit * shape.blockCount
        var finish = unsafe finish.raw(residual: nil)
        unsafe level.kernels.pointee.network.affine(
            memory.input + place,
            shape.pixels,
            memory.second.map { unsafe $0 + unit * BlockedShape.lanes },
            &finish,
            memory.output + place
        )
    }
}

internal import CRecKernels
package import RecCompute

/// A factor and a summand per channel, a sum with another map, an activation; each is optional.
@safe
package struct AffineKernel: BlockedKernel {
    private let shape: BlockedShape
    private let scale: PackedFloats?
    private let finish: KernelFinish
    private let hasSecond: Bool
    private let level: ProcessorLevel

    /// An empty `scale` or `shift` is left out.
    package init(
        _ shape: BlockedShape,
        scale: [Float] = [],
        shift: [Float] = [],
        addsSecond: Bool = false,
        activation: Activation?,
        level: ProcessorLevel
    ) {
        precondition(scale.isEmpty || scale.count == shape.channels, "scale size")
        precondition(shift.isEmpty || shift.count == shape.channels, "shift size")
        self.shape = shape
        self.scale = scale.isEmpty ? nil : PackedFloats(scale, count: shape.blocks * BlockedShape.lanes)
        finish = KernelFinish(bias: shift, activation: activation)
        hasSecond = addsSecond
        self.level = level
    }

    package var algorithm: String { "affine" }
    package var inputCount: Int { shape.count }
    package var secondCount: Int { hasSecond ? shape.count : 0 }
    package var outputCount: Int { shape.count }
    package var parameterCount: Int { (scale?.count ?? 0) + (finish.bias?.count ?? 0) }

    package func units(images: Int) -> [Int] { [images * shape.blocks] }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        let block = unit % shape.blocks
        let place = unit * shape.blockCount
        var finish = unsafe finish.raw(block: block, residual: memory.second.map { unsafe $0 + place })
        unsafe level.kernels.pointee.network.affine(
            memory.input + place,
            shape.pixels,
            scale.map { unsafe $0.base + block * BlockedShape.lanes },
            &finish,
            memory.output + place
        )
    }
}

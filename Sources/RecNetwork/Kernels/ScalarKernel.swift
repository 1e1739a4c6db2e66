internal import CRecKernels
package import RecCompute

/// A factor and a summand that are the same for all values.
@safe
package struct ScalarKernel: BlockedKernel {
    private let shape: BlockedShape
    private let factor: PackedFloats
    private let finish: KernelFinish
    private let level: ProcessorLevel

    package init(_ shape: BlockedShape, factor: Float, summand: Float, level: ProcessorLevel) {
        let lanes = BlockedShape.lanes
        self.shape = shape
        self.factor = PackedFloats([Float](repeating: factor, count: lanes), count: lanes)
        finish = KernelFinish(bias: [Float](repeating: summand, count: lanes), activation: nil)
        self.level = level
    }

    package var algorithm: String { "affine" }
    package var inputCount: Int { shape.count }
    package var outputCount: Int { shape.count }
    package var parameterCount: Int { 2 * BlockedShape.lanes }

    package func units(images: Int) -> [Int] { [images] }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        var finish = unsafe finish.raw(residual: nil)
        unsafe level.kernels.pointee.network.affine(
            memory.input + unit * shape.count,
            shape.count / BlockedShape.lanes,
            factor.base,
            &finish,
            memory.output + unit * shape.count
        )
    }
}

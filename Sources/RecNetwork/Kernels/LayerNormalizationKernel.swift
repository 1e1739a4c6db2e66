internal import CRecKernels
package import RecCompute

/// A normalisation across the channels of each position.
@safe
package struct LayerNormalizationKernel: BlockedKernel {
    private let shape: BlockedShape
    private let scale: PackedFloats
    private let shift: PackedFloats
    private let epsilon: Float
    private let level: ProcessorLevel

    package init(_ shape: BlockedShape, scale: [Float], shift: [Float], epsilon: Double, level: ProcessorLevel) {
        precondition(scale.count == shape.channels && shift.count == shape.channels, "parameters")
        self.shape = shape
        self.scale = PackedFloats(scale, count: shape.blocks * BlockedShape.lanes)
        self.shift = PackedFloats(shift, count: shape.blocks * BlockedShape.lanes)
        self.epsilon = Float(epsilon)
        self.level = level
    }

    package var algorithm: String { "normalization" }
    package var inputCount: Int { shape.count }
    package var outputCount: Int { shape.count }
    package var parameterCount: Int { scale.count + shift.count }

    /// Positions of a unit.
    private static let stretch = 64

    private var parts: Int { (shape.pixels + Self.stretch - 1) / Self.stretch }

    package func units(images: Int) -> [Int] { [images * parts] }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        let first = unit % parts * Self.stretch
        let place = unit / parts * shape.count
        unsafe level.kernels.pointee.network.layer_normalization(
            memory.input + place,
            shape.channels,
            shape.pixels,
            first,
            min(Self.stretch, shape.pixels - first),
            scale.base,
            shift.base,
            epsilon,
            memory.output + place
        )
    }
}

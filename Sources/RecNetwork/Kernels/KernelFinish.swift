internal import CRecKernels
internal import RecCompute

/// What a kernel does to its sums before it stores them: bias, residual, limits.
struct KernelFinish: Sendable {
    /// One value a plane, zeros in unused lanes; `nil` for none.
    let bias: PackedFloats?
    /// The limits of the values.
    let low: Float
    let high: Float

    init(bias: [Float], activation: ActivationKind) {
        let lanes = BlockedShape.lanes
        self.bias = bias.isEmpty ? nil : PackedFloats(bias, count: (bias.count + lanes - 1) / lanes * lanes)
        (low, high) = activation.limits
    }

    /// For the planes from `block` on.
    @unsafe
    func raw(block: Int = 0, residual: UnsafePointer<Float>?) -> rec_finish {
        unsafe rec_finish(
            bias: bias.map { unsafe $0.base + block * BlockedShape.lanes },
            residual: residual,
            low: low,
            high: high
        )
    }
}

extension ActivationKind {
    /// The activation as limits: what is below or above becomes the limit.
    var limits: (low: Float, high: Float) {
        switch self {
        case .identity: (-.infinity, .infinity)
        case .relu: (0, .infinity)
        case .relu6: (0, 6)
        }
    }
}

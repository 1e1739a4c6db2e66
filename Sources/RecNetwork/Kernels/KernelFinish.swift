internal import CRecKernels
internal import RecCompute

/// The last operations of a kernel before it stores its sums: bias, residual, activation.
struct KernelFinish: Sendable {
    /// One value per channel, zeros in unused lanes; `nil` for none.
    let bias: PackedFloats?
    private let activation: KernelActivation

    init(bias: [Float] = [], activation: Activation?) {
        let lanes = BlockedShape.lanes
        self.bias = bias.isEmpty ? nil : PackedFloats(bias, count: (bias.count + lanes - 1) / lanes * lanes)
        self.activation = KernelActivation(activation)
    }

    /// For the channels from `block` on.
    @unsafe
    func raw(block: Int = 0, residual: UnsafePointer<Float>?) -> rec_finish {
        unsafe rec_finish(
            bias: bias.map { unsafe $0.base + block * BlockedShape.lanes },
            residual: residual,
            low: activation.low,
            high: activation.high,
            function: activation.function,
            slope: activation.slope,
            offset: activation.offset
        )
    }
}

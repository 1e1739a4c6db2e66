internal import CRecKernels

/// An activation in the form of the kernels: limits, which cost nothing, and then one of their functions.
struct KernelActivation: Sendable {
    private(set) var low = -Float.infinity
    private(set) var high = Float.infinity
    private(set) var function = REC_IDENTITY
    /// Parameters of the function.
    private(set) var slope: Float = 0
    private(set) var offset: Float = 0

    init(_ activation: Activation?) {
        switch activation {
        case nil: break
        case .relu: low = 0
        case .clip(let low, let high): (self.low, self.high) = (low, high)
        case .silu: function = REC_SILU
        case .hardSwish: function = REC_HARD_SWISH
        case .sigmoid: function = REC_SIGMOID
        case .hardSigmoid(let slope, let offset):
            (function, self.slope, self.offset) = (REC_HARD_SIGMOID, slope, offset)
        case .tanh: function = REC_TANH
        case .gelu: function = REC_GELU
        case .tanhGELU: function = REC_TANH_GELU
        case .quickGELU: function = REC_QUICK_GELU
        }
    }

    /// Whether the kernels compute it by limits alone, so that it never exchanges the order of two values.
    var isLimits: Bool { function == REC_IDENTITY }
}

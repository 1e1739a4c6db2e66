internal import CRecKernels

/// The activations that the kernels apply at the end of a layer.
package enum ActivationKind: Sendable, Hashable {
    /// Values stay as they are.
    case identity
    /// max(x, 0).
    case relu
    /// min(max(x, 0), 6).
    case relu6

    var raw: rec_activation {
        switch self {
        case .identity: REC_ACTIVATION_NONE
        case .relu: REC_ACTIVATION_RELU
        case .relu6: REC_ACTIVATION_RELU6
        }
    }
}

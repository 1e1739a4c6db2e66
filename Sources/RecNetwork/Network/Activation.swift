/// A function applied to each value.
///
/// NaN stays NaN.
public enum Activation: Sendable, Hashable {
    /// max(x, 0).
    case relu
    /// min(max(x, 0), 6), as in MobileNet and EfficientNet-Lite.
    case relu6
}

extension Optional<Activation> {
    /// What the kernels call it; no activation leaves values as they are.
    var kind: ActivationKind {
        switch self {
        case nil: .identity
        case .relu: .relu
        case .relu6: .relu6
        }
    }
}

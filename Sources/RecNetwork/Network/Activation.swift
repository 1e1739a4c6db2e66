/// A function applied to each value.
///
/// NaN stays NaN.
public enum Activation: Sendable, Hashable {
    /// max(x, 0).
    case relu
    /// min(max(x, low), high); `low` is not above `high`.
    case clip(low: Float, high: Float)
    /// x / (1 + e^-x), also called swish; EfficientNet. Elfwing, Uchibe and Doya 2018, arXiv:1702.03118.
    case silu
    /// x * min(max(x + 3, 0), 6) / 6; MobileNetV3. Howard and others 2019, arXiv:1905.02244.
    case hardSwish
    /// 1 / (1 + e^-x).
    case sigmoid
    /// min(max(slope * x + offset, 0), 1); by default PyTorch's numbers.
    case hardSigmoid(slope: Float = 1.0 / 6, offset: Float = 0.5)
    /// The hyperbolic tangent.
    case tanh
    /// x * (1 + erf(x / sqrt(2))) / 2. Hendrycks and Gimpel 2016, arXiv:1606.08415.
    case gelu
    /// x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))) / 2, the approximation in SigLIP and GPT-2.
    case tanhGELU
    /// x / (1 + e^(-1.702 x)), the approximation in CLIP.
    case quickGELU

    /// min(max(x, 0), 6), as in MobileNet and EfficientNet-Lite.
    package static let relu6 = Activation.clip(low: 0, high: 6)
}

/// The padding of a feature map under a sliding window: zeros for a convolution, no values for a maximum.
public enum Padding: Sendable, Hashable {
    /// These many rows and columns.
    case explicit(top: Int, left: Int, bottom: Int, right: Int)
    /// TensorFlow's SAME: the output has ceil(size / stride) positions; an odd remainder goes to the bottom and right.
    case same

    /// No padding.
    public static let none = Padding.all(0)

    /// The same padding on all four sides, as in PyTorch.
    public static func all(_ amount: Int) -> Padding {
        .explicit(top: amount, left: amount, bottom: amount, right: amount)
    }

    /// Padding before and after one dimension of `size` elements.
    package func amounts(vertical: Bool, size: Int, kernel: Int, stride: Int) -> (before: Int, after: Int) {
        switch self {
        case .explicit(let top, let left, let bottom, let right):
            return vertical ? (top, bottom) : (left, right)
        case .same:
            let outputs = (size + stride - 1) / stride
            let total = max((outputs - 1) * stride + kernel - size, 0)
            return (total / 2, total - total / 2)
        }
    }
}

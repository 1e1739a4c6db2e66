/// Whose weights a file holds: it decides how tensors are named and laid out, and with them strides, biases, epsilon and
/// preprocessing.
///
/// It is found from names and shapes of tensors, never from the name of the file.
public struct WeightConvention: Sendable, Hashable, RawRepresentable, CustomStringConvertible {
    /// The name for recipes and messages.
    public let rawValue: String

    /// Creates a convention.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The name.
    public var description: String { rawValue }

    /// PyTorch's torchvision; timm names ResNets the same way.
    public static let torchvision = WeightConvention(rawValue: "torchvision")
    /// PyTorch image models (timm), where it differs from torchvision.
    public static let timm = WeightConvention(rawValue: "timm")
    /// The PyTorch port of EfficientNet-Lite (`efficientnet_lite_pytorch`).
    public static let efficientNetLite = WeightConvention(rawValue: "efficientnet-lite-pytorch")
    /// `keras.applications`, for ResNets since 2019.
    public static let keras = WeightConvention(rawValue: "keras")
    /// `keras_applications.resnet50` until 2019.
    public static let kerasLegacy = WeightConvention(rawValue: "keras-legacy")
}

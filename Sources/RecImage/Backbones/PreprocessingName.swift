/// Names a way of turning a picture into the input of a network.
public struct PreprocessingName: Sendable, Hashable, RawRepresentable, CustomStringConvertible {
    /// The name for recipes and messages.
    public let rawValue: String

    /// Creates a name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The name.
    public var description: String { rawValue }

    /// torchvision's first recipe: short side 256 bilinear, centre crop 224, ImageNet mean and deviation.
    public static let torchvisionV1 = PreprocessingName(rawValue: "torchvision-v1")
    /// Keras's `caffe` mode: stretched to 224x224, BGR, ImageNet mean subtracted, not scaled.
    public static let kerasCaffe = PreprocessingName(rawValue: "keras-caffe")
    /// EfficientNet-Lite0's: short side 256 bicubic, centre crop 224, (value - 127) / 128.
    public static let efficientNetLite0 = PreprocessingName(rawValue: "efficientnet-lite0")
}

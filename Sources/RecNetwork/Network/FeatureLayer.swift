/// A layer of a network whose output serves as features.
public struct FeatureLayer: Sendable, Hashable, Codable, RawRepresentable, ExpressibleByStringLiteral {
    /// The name on the command line and in recipes.
    public let rawValue: String

    /// Creates a layer name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Creates a layer name from a literal.
    public init(stringLiteral value: String) {
        rawValue = value
    }

    /// The last feature map, after its activation; it is pooled to one value per channel (``FeaturePooling``).
    ///
    /// `layer4` of a ResNet, the last convolution before the last max-pool of a VGG, the head convolution of an
    /// EfficientNet or MobileNet, the last block of a ConvNeXt or RegNet, the last normalisation of a DenseNet.
    public static let pooled: FeatureLayer = "pooled"

    /// The map after the last max-pool of a VGG, which Keras averages with `pooling='avg'`: 512 values.
    package static let pool5: FeatureLayer = "pool5"

    /// The normalised means of the channels of a ConvNeXt, which timm, Keras and transformers take as features.
    package static let normalized: FeatureLayer = "normalized"

    /// The second fully connected layer of a VGG, after its ReLU: 4096 values.
    package static let fc2: FeatureLayer = "fc2"
}

extension FeatureLayer: CustomStringConvertible {
    /// The name.
    public var description: String { rawValue }
}

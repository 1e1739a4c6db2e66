/// The library of a weight file, which decides the names and layouts of tensors, strides, biases, epsilon and
/// preprocessing.
///
/// It is detected from names and shapes of tensors, never from the name of the file.
package struct WeightConvention: Sendable, Hashable, RawRepresentable, CustomStringConvertible {
    /// The name for recipes and messages.
    package let rawValue: String

    /// Creates a convention.
    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The name.
    package var description: String { rawValue }

    /// PyTorch's torchvision; timm names ResNets the same way.
    package static let torchvision = WeightConvention(rawValue: "torchvision")
    /// PyTorch image models (timm), where it differs from torchvision.
    package static let timm = WeightConvention(rawValue: "timm")
    /// Hugging Face's transformers.
    package static let huggingFace = WeightConvention(rawValue: "hugging-face")
    /// The PyTorch port of EfficientNet-Lite (`efficientnet_lite_pytorch`).
    package static let efficientNetLite = WeightConvention(rawValue: "efficientnet-lite-pytorch")
    /// `keras.applications`, for ResNets since 2019.
    package static let keras = WeightConvention(rawValue: "keras")
    /// `keras_applications.resnet50` until 2019.
    package static let kerasLegacy = WeightConvention(rawValue: "keras-legacy")
}

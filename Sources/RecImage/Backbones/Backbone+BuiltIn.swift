internal import RecNetwork

extension Backbone {
    /// The backbones that come with the package.
    ///
    /// To add one of these families, add a row.
    public static let builtIn: [Backbone] = [
        resNet("resnet18", ResNet(block: .basic, blocks: [2, 2, 2, 2])),
        resNet("resnet34", ResNet(block: .basic, blocks: [3, 4, 6, 3])),
        resNet("resnet50", ResNet(block: .bottleneck, blocks: [3, 4, 6, 3])),
        resNet("resnet101", ResNet(block: .bottleneck, blocks: [3, 4, 23, 3])),
        resNet("resnet152", ResNet(block: .bottleneck, blocks: [3, 8, 36, 3])),
        vgg("vgg11", VGG(convolutions: [1, 1, 2, 2, 2])),
        vgg("vgg13", VGG(convolutions: [2, 2, 2, 2, 2])),
        vgg("vgg16", VGG(convolutions: [2, 2, 3, 3, 3])),
        vgg("vgg19", VGG(convolutions: [2, 2, 4, 4, 4])),
        vgg("vgg11_bn", VGG(convolutions: [1, 1, 2, 2, 2], hasBatchNormalization: true)),
        vgg("vgg13_bn", VGG(convolutions: [2, 2, 2, 2, 2], hasBatchNormalization: true)),
        vgg("vgg16_bn", VGG(convolutions: [2, 2, 3, 3, 3], hasBatchNormalization: true)),
        vgg("vgg19_bn", VGG(convolutions: [2, 2, 4, 4, 4], hasBatchNormalization: true)),
        efficientNetLite("efficientnet-lite0", .lite0),
        timmEfficientNetLite("efficientnet-lite0", .lite0),
        efficientNetLite("efficientnet-lite1", .lite1, size: 240),
        efficientNetLite("efficientnet-lite2", .lite2, size: 260),
    ]

    /// ResNet50 (He 2015), 2048 features: torchvision, timm, Hugging Face and both generations of Keras.
    public static let resnet50 = builtIn("resnet50")

    /// VGG16 (Simonyan 2014), 512 pooled features or the 4096 of `fc2`: torchvision, timm and Keras.
    public static let vgg16 = builtIn("vgg16")

    /// EfficientNet-Lite0 (Tan 2019), 1280 features: its PyTorch port, and timm's `tf_efficientnet_lite0`.
    ///
    /// timm's `efficientnet_lite0` has the same tensors but computes something else. It is chosen when the file or the
    /// config.json beside it says so; otherwise take the backbone named `efficientnet-lite0-timm`.
    public static let efficientNetLite0 = builtIn("efficientnet-lite0")

    private static func builtIn(_ name: String) -> Backbone {
        guard let backbone = builtIn.first(where: { $0.name == name }) else {
            preconditionFailure("the table has no row \(name)")
        }
        return backbone
    }
}

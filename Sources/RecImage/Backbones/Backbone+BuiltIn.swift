internal import RecNetwork

extension Backbone {
    /// The backbones that come with the package.
    ///
    /// Networks that have the tensors of another and compute something else have rows of their own too, such as
    /// `efficientnet-lite0-timm` and `tf_efficientnet_b0`.
    public static let builtIn: [Backbone] = table.flatMap { [$0] + $0.told }

    /// To add one of these families, add a row.
    private static let table: [Backbone] = [
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
        efficientNetLite("efficientnet-lite0", .efficientNetLite0),
        efficientNetLite("efficientnet-lite1", .efficientNetLite1, size: 240, cropFraction: 0.882),
        efficientNetLite("efficientnet-lite2", .efficientNetLite2, size: 260, cropFraction: 0.89),
        efficientNet(
            "efficientnet_b0",
            .efficientNetB0,
            torchvision: .torchvision(resizedTo: 256, filter: .bicubic),
            timm: .timm(),
            converted: .timm()
        ),
        efficientNet(
            "efficientnet_b1",
            .efficientNetB1,
            torchvision: .torchvision(size: 240, resizedTo: 256, filter: .bicubic),
            timm: .timm(size: 240, cropFraction: 0.9, normalization: .inception),
            converted: .timm(size: 240, cropFraction: 0.882)
        ),
        efficientNet(
            "efficientnet_b2",
            .efficientNetB2,
            torchvision: .torchvision(size: 288, resizedTo: 288, filter: .bicubic),
            timm: .timm(size: 256),
            converted: .timm(size: 260, cropFraction: 0.89)
        ),
        efficientNet(
            "efficientnet_b3",
            .efficientNetB3,
            torchvision: .torchvision(size: 300, resizedTo: 320, filter: .bicubic),
            timm: .timm(size: 288),
            converted: .timm(size: 300, cropFraction: 0.904)
        ),
        efficientNet(
            "efficientnet_b4",
            .efficientNetB4,
            torchvision: .torchvision(size: 380, resizedTo: 384, filter: .bicubic),
            timm: .timm(size: 320),
            converted: .timm(size: 380, cropFraction: 0.922)
        ),
        mobileNetV2("mobilenet_v2", .mobileNetV2, timm: "mobilenetv2_100"),
        mobileNetV3("mobilenet_v3_large", .mobileNetV3Large, timm: "mobilenetv3_large_100"),
        mobileNetV3("mobilenet_v3_small", .mobileNetV3Small, timm: "mobilenetv3_small_100"),
        convNeXt("convnext_tiny", .tiny, resizedTo: 236, timm: .timm(cropFraction: 0.95)),
        convNeXt("convnext_small", .small, resizedTo: 230, timm: .timm(cropFraction: 0.95)),
        convNeXt("convnext_base", .base, resizedTo: 232, timm: .timm()),
        regNetY(
            "regnet_y_400mf",
            RegNetY([1, 3, 6, 6], [48, 104, 208, 440], group: 8),
            timm: "regnety_004",
            cropFraction: 0.965
        ),
        regNetY(
            "regnet_y_800mf",
            RegNetY([1, 3, 8, 2], [64, 144, 320, 784], group: 16),
            timm: "regnety_008_tv",
            cropFraction: 0.965
        ),
        regNetY(
            "regnet_y_1_6gf",
            RegNetY([2, 6, 17, 2], [48, 120, 336, 888], group: 24),
            timm: "regnety_016",
            cropFraction: 0.965
        ),
        regNetY(
            "regnet_y_3_2gf",
            RegNetY([2, 5, 13, 1], [72, 216, 576, 1512], group: 24),
            timm: "regnety_032",
            cropFraction: 0.95
        ),
        regNetY(
            "regnet_y_8gf",
            RegNetY([2, 4, 10, 1], [224, 448, 896, 2016], group: 56),
            timm: "regnety_080_tv",
            cropFraction: 0.965
        ),
        regNetY(
            "regnet_y_16gf",
            RegNetY([2, 4, 11, 1], [224, 448, 1232, 3024], group: 112),
            timm: "regnety_160",
            cropFraction: 0.95
        ),
        denseNet("densenet121", .denseNet121),
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

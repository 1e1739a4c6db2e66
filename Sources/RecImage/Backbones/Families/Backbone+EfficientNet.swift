package import RecNetwork

extension Backbone {
    /// An EfficientNet with the names of torchvision, timm and Keras.
    ///
    /// timm has two networks with the same tensors: `NAME`, the default here, and `tf_NAME`, whose weights were converted
    /// from TensorFlow, with other padding and another epsilon. Facts about the weights choose the latter.
    ///
    /// - Parameters:
    ///   - name: The name in torchvision and timm: `efficientnet_b0`.
    ///   - configuration: The numbers of the network.
    ///   - torchvision: The preprocessing of torchvision's weights.
    ///   - timm: The preprocessing of timm's default weights.
    ///   - converted: The preprocessing of those from TensorFlow; Keras has its size.
    /// - Returns: The backbone.
    package static func efficientNet(
        _ name: String,
        _ configuration: InvertedResiduals,
        torchvision: Preprocessing,
        timm: Preprocessing,
        converted: Preprocessing
    ) -> Backbone {
        let size = converted.outputSize.width
        return Backbone(
            name: name,
            inputSize: size,
            variants: [
                Variant([name], configuration.torchvisionEfficientNet, torchvision) { configuration.network() },
                Variant([name], configuration.timmNaming, timm) { configuration.network() },
                Variant(onlyAs: "tf_\(name)", configuration.timmNaming, converted) {
                    configuration.network(.tensorFlow)
                },
                Variant(
                    [],
                    [.keras(layerName: configuration.kerasEfficientNet), .kerasVariables()],
                    .keras(.imageNet, size: size)
                ) { configuration.network(.tensorFlow) },
            ]
        )
    }

    /// An EfficientNet-Lite network with the names of its PyTorch port and of timm.
    ///
    /// timm has two networks with the same tensors: `tf_NAME`, which is TensorFlow's and the default here, and `NAME`,
    /// which timm trained with other padding and another epsilon. Facts about the weights choose the latter.
    ///
    /// - Parameters:
    ///   - name: The name: `efficientnet-lite0`.
    ///   - configuration: The numbers of the network.
    ///   - size: The side of its pictures.
    ///   - cropFraction: timm's share of the picture that is cropped.
    /// - Returns: The backbone.
    package static func efficientNetLite(
        _ name: String,
        _ configuration: InvertedResiduals,
        size: Int = 224,
        cropFraction: Double = 0.875
    ) -> Backbone {
        let port = configuration.names(
            stem: ("_conv_stem", "_bn0"),
            head: ("_conv_head", "_bn1"),
            classifier: "_fc"
        ) { _, number in
            let place = "_blocks.\(number)"
            return BlockNames(
                expand: ("\(place)._expand_conv", "\(place)._bn0"),
                depthwise: ("\(place)._depthwise_conv", "\(place)._bn1"),
                project: ("\(place)._project_conv", "\(place)._bn2")
            )
        }
        let timmName = String(name.map { $0 == "-" ? "_" : $0 })
        func timm(_ normalization: PixelNormalization) -> Preprocessing {
            .timm(size: size, cropFraction: cropFraction, normalization: normalization)
        }
        var own = Variant(onlyAs: name + "-timm", configuration.timmNaming, timm(.imageNet)) {
            configuration.network()
        }
        own.architectures = [timmName]
        return Backbone(
            name: name,
            inputSize: size,
            variants: [
                Variant([], [.pyTorch(moduleName: port).of(.efficientNetLite)], .efficientNetLite(size: size)) {
                    configuration.network(.tensorFlow)
                },
                Variant(["tf_\(timmName)"], configuration.timmNaming, timm(.inception)) {
                    configuration.network(.tensorFlow)
                },
                own,
            ]
        )
    }
}

extension InvertedResiduals {
    /// `blocks.2.expand` is `features.2.1.block.0.0`: by stage, and by number in the stage.
    fileprivate var torchvisionEfficientNet: [TensorNaming] {
        let end = (blocks.last?.stage ?? 0) + 2
        return TensorNaming.torchvision(
            names(
                stem: ("features.0.0", "features.0.1"),
                head: ("features.\(end).0", "features.\(end).1"),
                classifier: "classifier.1"
            ) { block, _ in
                BlockNames(torchvision: block, "features.\(block.stage + 1).\(block.index).block")
            }
        )
    }

    /// `blocks.2.expand` is `block2b_expand_conv`.
    fileprivate var kerasEfficientNet: @Sendable (String) -> String {
        names(stem: ("stem_conv", "stem_bn"), head: ("top_conv", "top_bn"), classifier: "predictions") { block, _ in
            let letter = Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8(clamping: min(block.index, 25))))
            let place = "block\(block.stage + 1)\(letter)"
            return BlockNames(
                expand: ("\(place)_expand_conv", "\(place)_expand_bn"),
                depthwise: ("\(place)_dwconv", "\(place)_bn"),
                squeeze: "\(place)_se_reduce",
                excite: "\(place)_se_expand",
                project: ("\(place)_project_conv", "\(place)_project_bn")
            )
        }
    }
}

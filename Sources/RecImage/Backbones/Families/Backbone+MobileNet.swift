package import RecNetwork

extension Backbone {
    /// MobileNetV2 with the names of torchvision, timm and Keras.
    ///
    /// - Parameters:
    ///   - name: The name in torchvision: `mobilenet_v2`.
    ///   - configuration: The numbers of the network.
    ///   - timm: The name in timm.
    /// - Returns: The backbone.
    package static func mobileNetV2(_ name: String, _ configuration: InvertedResiduals, timm: String) -> Backbone {
        Backbone(
            name: name,
            variants: [
                Variant([name], configuration.torchvisionMobileNetV2, .torchvisionV1) { configuration.network() },
                Variant([timm], configuration.timmNaming, .timm()) { configuration.network() },
                Variant(
                    [],
                    [.keras(layerName: configuration.kerasMobileNetV2), .kerasVariables()],
                    .keras(.kerasTF)
                ) { configuration.network(.tensorFlow) },
            ]
        )
    }

    /// MobileNetV3 with the names of torchvision, timm and Keras.
    ///
    /// Three trainings have three epsilons and paddings. timm's `tf_NAME` has the tensors of its `NAME`, the default
    /// here; facts about the weights choose the former.
    ///
    /// - Parameters:
    ///   - name: The name in torchvision: `mobilenet_v3_large`.
    ///   - configuration: The numbers of the network.
    ///   - timm: The name in timm: `mobilenetv3_large_100`.
    /// - Returns: The backbone.
    package static func mobileNetV3(_ name: String, _ configuration: InvertedResiduals, timm: String) -> Backbone {
        Backbone(
            name: name,
            variants: [
                Variant([name], configuration.torchvisionMobileNetV3, .torchvisionV1) { configuration.network(.mixed) },
                Variant([timm], configuration.timmNaming, .timm()) { configuration.network() },
                Variant(
                    onlyAs: "tf_\(timm)",
                    configuration.timmNaming,
                    .timm(filter: .bilinear, normalization: .inception)
                ) { configuration.network(.tensorFlow) },
                Variant(
                    [],
                    [.keras(layerName: configuration.kerasMobileNetV3), .kerasVariables()],
                    .keras(.kerasTF)
                ) { configuration.network(.tensorFlow) },
            ]
        )
    }
}

extension InvertedResiduals {
    /// `blocks.2.expand` is `features.3.conv.0.0`; the projection and its normalisation are counted with the parts.
    fileprivate var torchvisionMobileNetV2: [TensorNaming] {
        let end = blocks.count + 1
        return TensorNaming.torchvision(
            names(
                stem: ("features.0.0", "features.0.1"),
                head: ("features.\(end).0", "features.\(end).1"),
                classifier: "classifier.1"
            ) { block, number in
                let place = "features.\(number + 1).conv"
                let depthwise = block.expands ? 1 : 0
                return BlockNames(
                    expand: ("\(place).0.0", "\(place).0.1"),
                    depthwise: ("\(place).\(depthwise).0", "\(place).\(depthwise).1"),
                    project: ("\(place).\(depthwise + 1)", "\(place).\(depthwise + 2)")
                )
            }
        )
    }

    /// `blocks.2.expand` is `features.3.block.0.0`.
    fileprivate var torchvisionMobileNetV3: [TensorNaming] {
        let end = blocks.count + 1
        return TensorNaming.torchvision(
            names(
                stem: ("features.0.0", "features.0.1"),
                head: ("features.\(end).0", "features.\(end).1"),
                hidden: "classifier.0",
                classifier: "classifier.3"
            ) { block, number in
                BlockNames(torchvision: block, "features.\(number + 1).block")
            }
        )
    }

    /// `blocks.2.expand` is `block_2_expand`; block 0 is `expanded_conv`.
    fileprivate var kerasMobileNetV2: @Sendable (String) -> String {
        names(stem: ("Conv1", "bn_Conv1"), head: ("Conv_1", "Conv_1_bn"), classifier: "predictions") { _, number in
            let place = number == 0 ? "expanded_conv" : "block_\(number)"
            return BlockNames(
                expand: ("\(place)_expand", "\(place)_expand_BN"),
                depthwise: ("\(place)_depthwise", "\(place)_depthwise_BN"),
                project: ("\(place)_project", "\(place)_project_BN")
            )
        }
    }

    /// `blocks.2.expand` is `expanded_conv_2_expand`.
    fileprivate var kerasMobileNetV3: @Sendable (String) -> String {
        names(
            stem: ("conv", "conv_bn"),
            head: ("conv_1", "conv_1_bn"),
            hidden: "conv_2",
            classifier: "logits"
        ) { _, number in
            let place = number == 0 ? "expanded_conv" : "expanded_conv_\(number)"
            return BlockNames(
                expand: ("\(place)_expand", "\(place)_expand_bn"),
                depthwise: ("\(place)_depthwise", "\(place)_depthwise_bn"),
                squeeze: "\(place)_squeeze_excite_conv",
                excite: "\(place)_squeeze_excite_conv_1",
                project: ("\(place)_project", "\(place)_project_bn")
            )
        }
    }
}

package import RecNetwork

extension Backbone {
    /// An EfficientNet-Lite network with the names of its PyTorch port and of timm.
    ///
    /// timm has two networks with the same tensors: `tf_NAME`, which is TensorFlow's and the default here, and `NAME`,
    /// which timm trained with other padding and another epsilon. Facts about the weights choose the latter; its name in
    /// recipes is that of ``timmEfficientNetLite(_:_:)``.
    ///
    /// - Parameters:
    ///   - name: The name: `efficientnet-lite0`.
    ///   - configuration: The numbers of the network.
    ///   - size: The side of its pictures.
    /// - Returns: The backbone.
    package static func efficientNetLite(
        _ name: String,
        _ configuration: EfficientNetLite,
        size: Int = 224
    ) -> Backbone {
        let port = configuration.names(stem: "_conv_stem", stemNorm: "_bn0", head: "_conv_head", headNorm: "_bn1") {
            _,
            _,
            index,
            _ in
            BlockNames(
                prefix: "_blocks.\(index)",
                expand: ("_expand_conv", "_bn0"),
                depthwise: ("_depthwise_conv", "_bn1"),
                project: ("_project_conv", "_bn2")
            )
        }
        let original = Variant(
            naming: [TensorNaming.pyTorch { port[$0] ?? ($0 == "fc" ? "_fc" : $0) }.of(.efficientNetLite)],
            preprocessing: .efficientNetLite(size: size)
        ) {
            configuration.network()
        }
        var converted = Variant(
            naming: timmNames(configuration),
            preprocessing: timmPreprocessing(size, .inception)
        ) {
            configuration.network()
        }
        converted.architectures = ["tf_" + timmName(name)]
        let own = timm(name, configuration, size: size, isOnlyIfTold: true)
        return Backbone(name: name, inputSize: size, variants: [original, converted, own])
    }

    /// The EfficientNet-Lite network that timm trained itself: the same padding on all sides, epsilon 1e-5, the means
    /// and deviations of ImageNet.
    ///
    /// - Parameters:
    ///   - name: The name of the original: the backbone's has `-timm` behind it.
    ///   - configuration: The numbers of the network.
    /// - Returns: The backbone.
    package static func timmEfficientNetLite(_ name: String, _ configuration: EfficientNetLite) -> Backbone {
        Backbone(name: name + "-timm", variants: [timm(name, configuration, size: 224, isOnlyIfTold: false)])
    }

    /// timm's preprocessing: the share of the picture that is cropped grows with its side.
    private static func timmPreprocessing(_ size: Int, _ normalization: PixelNormalization) -> Preprocessing {
        let fraction = [240: 0.882, 260: 0.89][size] ?? 0.875
        return .timm(size: size, cropFraction: fraction, normalization: normalization)
    }

    private static func timm(
        _ name: String,
        _ configuration: EfficientNetLite,
        size: Int,
        isOnlyIfTold: Bool
    ) -> Variant {
        var variant = Variant(naming: timmNames(configuration), preprocessing: timmPreprocessing(size, .imageNet)) {
            configuration.network(.timm)
        }
        variant.architectures = [timmName(name)]
        variant.isOnlyIfTold = isOnlyIfTold
        variant.backboneName = name + "-timm"
        return variant
    }

    private static func timmName(_ name: String) -> String {
        String(name.map { $0 == "-" ? "_" : $0 })
    }

    /// timm's names, and the numbers of its modules in a `Sequential` of the children.
    private static func timmNames(_ configuration: EfficientNetLite) -> [TensorNaming] {
        // timm numbers the normalisations of a block, and the projection has another name in blocks without expansion.
        func names(stem: String, stemNorm: String, blocks: String, head: String, headNorm: String) -> [String: String] {
            configuration.names(stem: stem, stemNorm: stemNorm, head: head, headNorm: headNorm) {
                stage,
                block,
                _,
                hasExpansion in
                BlockNames(
                    prefix: "\(blocks).\(stage).\(block)",
                    expand: ("conv_pw", "bn1"),
                    depthwise: ("conv_dw", hasExpansion ? "bn2" : "bn1"),
                    project: hasExpansion ? ("conv_pwl", "bn3") : ("conv_pw", "bn2")
                )
            }
        }
        let named = names(stem: "conv_stem", stemNorm: "bn1", blocks: "blocks", head: "conv_head", headNorm: "bn2")
        let numbered = names(stem: "0", stemNorm: "1", blocks: "2", head: "3", headNorm: "4")
        return [
            .pyTorch { named[$0] ?? ($0 == "fc" ? "classifier" : $0) }.of(.timm),
            .pyTorchModules { numbered[$0] ?? ($0 == "fc" ? "6" : $0) }.of(.timm),
        ]
    }
}

/// A library's names of the convolutions of a block and their normalisations.
private struct BlockNames {
    let prefix: String
    let expand: (convolution: String, norm: String)
    let depthwise: (convolution: String, norm: String)
    let project: (convolution: String, norm: String)
}

extension EfficientNetLite {
    /// A library's names of all layers but the classifier, by ours.
    ///
    /// `block` takes the stage, the block in its stage, the block in the network, and whether it has an expanding
    /// convolution.
    fileprivate func names(
        stem: String,
        stemNorm: String,
        head: String,
        headNorm: String,
        block: (Int, Int, Int, Bool) -> BlockNames
    ) -> [String: String] {
        var names = ["stem": stem, "stem.bn": stemNorm, "head": head, "head.bn": headNorm]
        var index = 0
        for (stage, row) in stages.enumerated() {
            for number in 0..<row.blocks {
                let block = block(stage, number, index, row.expansion != 1)
                let parts = [("expand", block.expand), ("depthwise", block.depthwise), ("project", block.project)]
                for (part, theirs) in parts {
                    names["stages.\(stage).\(number).\(part)"] = "\(block.prefix).\(theirs.convolution)"
                    names["stages.\(stage).\(number).\(part).bn"] = "\(block.prefix).\(theirs.norm)"
                }
                index += 1
            }
        }
        return names
    }
}

public import RecNetwork

extension Backbone {
    /// A residual network with the names and styles of torchvision, Hugging Face and, for bottleneck blocks, of Keras.
    ///
    /// timm names its ResNets as torchvision does. Their modules may also be the numbered children of a `Sequential`.
    ///
    /// - Parameters:
    ///   - name: The name of the backbone.
    ///   - block: The kind of the blocks.
    ///   - blocks: Blocks per stage; each stage after the first halves the map and doubles the width.
    ///   - width: Channels of the first stage's blocks.
    /// - Returns: The backbone.
    /// - Precondition: Each stage has a block; `width` is at least 1.
    public static func resNet(_ name: String, block: ResNet.Block, blocks: [Int], width: Int = 64) -> Backbone {
        resNet(name, ResNet(block: block, blocks: blocks, width: width))
    }

    /// A residual network by its numbers.
    package static func resNet(_ name: String, _ configuration: ResNet) -> Backbone {
        let architectures: Set = [name, "tv_\(name)", "ssl_\(name)", "swsl_\(name)", "gluon_\(name)_v1b"]
        var torchvision = Variant(
            naming: [.pyTorch(), .pyTorchModules(sequentialName)],
            preprocessing: .torchvisionV1
        ) {
            configuration.network(.torchvision)
        }
        torchvision.architectures = architectures
        var huggingFace = Variant(
            naming: [.pyTorchModules(rootDepth: 2, huggingFaceName).of(.huggingFace)],
            preprocessing: .timm()
        ) {
            configuration.network(.torchvision)
        }
        huggingFace.architectures = architectures
        var variants = [torchvision, huggingFace]
        if configuration.block == .bottleneck {
            variants += [
                Variant(
                    naming: [
                        .keras(layerName: kerasName),
                        .kerasVariables(kerasOrder: shortcutsThird),
                    ],
                    preprocessing: .kerasCaffe
                ) { configuration.network(.keras) },
                Variant(
                    naming: [.keras(layerName: legacyKerasName).of(.kerasLegacy)],
                    preprocessing: .kerasCaffe
                ) { configuration.network(.kerasLegacy) },
            ]
        }
        return Backbone(name: name, variants: variants)
    }

    /// `nn.Sequential(*resnet.children())` numbers the children: `conv1` is `0`, `bn1` is `1`, `layer1` is `4`.
    @Sendable private static func sequentialName(_ layer: String) -> String {
        switch layer {
        case "conv1": return "0"
        case "bn1": return "1"
        case "fc": return "9"
        default:
            guard layer.hasPrefix("layer"), let dot = layer.firstIndex(of: "."),
                let stage = Int(layer[..<dot].dropFirst(5))
            else { return layer }
            return "\(stage + 3)\(layer[dot...])"
        }
    }

    /// `layer1.0.conv2` is `encoder.stages.0.layers.0.layer.1.convolution`.
    @Sendable private static func huggingFaceName(_ layer: String) -> String {
        switch layer {
        case "conv1": return "embedder.embedder.convolution"
        case "bn1": return "embedder.embedder.normalization"
        case "fc": return "classifier.1"
        default:
            guard let part = BlockPart(layer) else { return layer }
            let place = part.number == 0 ? "shortcut" : "layer.\(part.number - 1)"
            let kind = part.isConvolution ? "convolution" : "normalization"
            return "encoder.stages.\(part.stage - 1).layers.\(part.block).\(place).\(kind)"
        }
    }

    /// `layer1.0.conv2` is `conv2_block1_2_conv`; number 0 is the shortcut.
    @Sendable private static func kerasName(_ layer: String) -> String {
        guard let part = BlockPart(layer) else {
            return ["conv1": "conv1_conv", "bn1": "conv1_bn", "fc": "predictions"][layer] ?? layer
        }
        let kind = part.isConvolution ? "conv" : "bn"
        return "conv\(part.stage + 1)_block\(part.block + 1)_\(part.number)_\(kind)"
    }

    /// `layer1.0.conv2` is `res2a_branch2b`, its normalisation `bn2a_branch2b`; `branch1` is the shortcut.
    @Sendable private static func legacyKerasName(_ layer: String) -> String {
        guard let part = BlockPart(layer) else {
            return ["conv1": "conv1", "bn1": "bn_conv1", "fc": "fc1000"][layer] ?? layer
        }
        let kind = part.isConvolution ? "res" : "bn"
        let branch = part.number == 0 ? "1" : "2\(letter(part.number - 1))"
        return "\(kind)\(part.stage + 1)\(letter(part.block))_branch\(branch)"
    }

    private static func letter(_ index: Int) -> Character {
        Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8(clamping: min(index, 25))))
    }

    /// Keras orders layers by depth: the shortcut comes between the second and the third convolution of its block.
    @Sendable private static func shortcutsThird(_ layers: [String]) -> [String] {
        var result = layers
        for index in layers.indices.dropLast(2) where BlockPart(layers[index])?.number == 0 {
            result[index] = layers[index + 1]
            result[index + 1] = layers[index + 2]
            result[index + 2] = layers[index]
        }
        return result
    }
}

/// A layer of a residual block, read from its name: `layer1.0.conv2`, `layer1.0.bn2`, `layer1.0.downsample.0`.
private struct BlockPart {
    /// Counted from 1.
    let stage: Int
    /// Counted from 0.
    let block: Int
    /// Counted from 1; 0 is the shortcut.
    let number: Int
    let isConvolution: Bool

    init?(_ layer: String) {
        let parts = layer.split(separator: ".")
        guard parts.count >= 3, parts[0].hasPrefix("layer"), let stage = Int(parts[0].dropFirst(5)),
            let block = Int(parts[1])
        else { return nil }
        self.stage = stage
        self.block = block
        if parts[2] == "downsample" {
            number = 0
            isConvolution = parts.last == "0"
        } else {
            guard let digit = parts[2].last?.wholeNumberValue else { return nil }
            number = digit
            isConvolution = parts[2].hasPrefix("conv")
        }
    }
}

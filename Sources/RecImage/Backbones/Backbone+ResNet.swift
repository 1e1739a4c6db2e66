public import RecNetwork

extension Backbone {
    /// A residual network with the names and styles of torchvision and, for bottleneck blocks, of Keras.
    public static func resNet(_ name: String, _ configuration: ResNet) -> Backbone {
        var variants = [
            Variant(naming: [.pyTorch()], preprocessing: .torchvisionV1) { configuration.network(.torchvision) }
        ]
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

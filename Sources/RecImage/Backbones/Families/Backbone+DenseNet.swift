package import RecNetwork

extension Backbone {
    /// A DenseNet with the names of torchvision, which timm shares, and of Keras.
    ///
    /// - Parameters:
    ///   - name: The name: `densenet121`.
    ///   - configuration: The numbers of the network.
    /// - Returns: The backbone.
    package static func denseNet(_ name: String, _ configuration: DenseNet) -> Backbone {
        Backbone(
            name: name,
            variants: [
                Variant(
                    [name, "tv_\(name)"],
                    TensorNaming.torchvision { $0 } + [.pyTorchModules(publishedName)],
                    .torchvisionV1
                ) { configuration.network() },
                Variant([], [.keras(layerName: kerasName), .kerasVariables()], .keras(.imageNet)) {
                    configuration.network(epsilon: 1.001e-5)
                },
            ]
        )
    }

    /// The file that torchvision publishes has the names of its first version: `denselayer1.norm.1` for
    /// `denselayer1.norm1`.
    @Sendable private static func publishedName(_ layer: String) -> String {
        guard layer.contains(".denselayer"), let number = layer.last else { return layer }
        return "\(layer.dropLast()).\(number)"
    }

    /// `features.denseblock1.denselayer2.conv1` is `conv2_block2_1_conv`.
    @Sendable private static func kerasName(_ layer: String) -> String {
        let ends = [
            "features.conv0": "conv1_conv", "features.norm0": "conv1_bn", "features.norm5": "bn",
            "classifier": "predictions",
        ]
        if let name = ends[layer] { return name }
        let parts = layer.split(separator: ".")
        guard parts.count >= 3, let block = parts[1].last?.wholeNumberValue else { return layer }
        if parts[1].hasPrefix("transition") { return "pool\(block + 1)_\(parts[2] == "conv" ? "conv" : "bn")" }
        let place = "conv\(block + 1)_block\(parts[2].dropFirst("denselayer".count))"
        switch parts.last {
        case "norm1": return "\(place)_0_bn"
        case "conv1": return "\(place)_1_conv"
        case "norm2": return "\(place)_1_bn"
        default: return "\(place)_2_conv"
        }
    }
}

package import RecNetwork

extension Backbone {
    /// A VGG network with the names of torchvision, timm and, without batch normalisation, of Keras.
    ///
    /// The modules may also be numbered, as `nn.Sequential` does with the children of the network or of its features.
    package static func vgg(_ name: String, _ configuration: VGG) -> Backbone {
        let features = configuration.torchvisionNames
        let torchvision = ["fc1": "classifier.0", "fc2": "classifier.3", "fc3": "classifier.6"]
        let timm = ["fc1": "pre_logits.fc1", "fc2": "pre_logits.fc2", "fc3": "head.fc"]
        let bare = features.mapValues { String($0.dropFirst("features.".count)) }
        let children = bare.mapValues { "0." + $0 }
        let hidden = ["fc1": "2.0", "fc2": "2.3", "fc3": "2.6"]
        var torch = Variant(
            naming: [
                .pyTorch(moduleName: { features[$0] ?? torchvision[$0] ?? $0 }),
                .pyTorch { features[$0] ?? timm[$0] ?? $0 }.of(.timm),
                .pyTorchModules { children[$0] ?? hidden[$0] ?? $0 },
                .pyTorchModules(isSequence: true) { bare[$0] ?? $0 },
            ],
            preprocessing: .torchvisionV1
        ) {
            configuration.network()
        }
        torch.architectures = [name, "tv_\(name)"]
        var variants = [torch]
        if !configuration.hasBatchNormalization {
            variants.append(
                Variant(naming: [.keras(layerName: kerasName), .kerasVariables()], preprocessing: .kerasCaffe) {
                    configuration.network()
                }
            )
        }
        return Backbone(name: name, variants: variants)
    }

    /// `conv3_1` is `block3_conv1`.
    @Sendable private static func kerasName(_ layer: String) -> String {
        guard layer.hasPrefix("conv") else { return layer == "fc3" ? "predictions" : layer }
        let numbers = layer.dropFirst(4).split(separator: "_")
        return numbers.count == 2 ? "block\(numbers[0])_conv\(numbers[1])" : layer
    }
}

extension VGG {
    /// torchvision counts activations and pools as well: `conv1_2` is `features.2`, after pooling `conv2_1` is
    /// `features.5`.
    fileprivate var torchvisionNames: [String: String] {
        var names: [String: String] = [:]
        var index = 0
        for (stage, count) in convolutions.enumerated() {
            for convolution in 1...count {
                names["conv\(stage + 1)_\(convolution)"] = "features.\(index)"
                names["bn\(stage + 1)_\(convolution)"] = "features.\(index + 1)"
                index += hasBatchNormalization ? 3 : 2
            }
            index += 1
        }
        return names
    }
}

package import RecNetwork

extension Backbone {
    /// A RegNet-Y with the names of torchvision and timm.
    ///
    /// - Parameters:
    ///   - name: The name in torchvision: `regnet_y_400mf`.
    ///   - configuration: The numbers of the network.
    ///   - timm: The name in timm: `regnety_004`.
    ///   - fraction: The share of the picture that timm's default weights crop.
    /// - Returns: The backbone.
    package static func regNetY(
        _ name: String,
        _ configuration: RegNetY,
        timm: String,
        cropFraction fraction: Double
    ) -> Backbone {
        let (torchvision, timmNames) = (configuration.torchvisionNames, configuration.timmNames)
        return Backbone(
            name: name,
            variants: [
                Variant([name], [.pyTorchModules { torchvision[$0] ?? $0 }], .torchvisionV1) {
                    configuration.network()
                },
                Variant(
                    [timm],
                    [TensorNaming.pyTorchModules { timmNames[$0] ?? $0 }.of(.timm)],
                    .timm(cropFraction: fraction)
                ) { configuration.network() },
            ]
        )
    }
}

extension RegNetY {
    /// `stages.1.0.a` is `trunk_output.block2.block2-0.f.a.0`, its normalisation `.1`.
    fileprivate var torchvisionNames: [String: String] {
        names(
            ["stem": "stem.0", "stem.bn": "stem.1", "fc": "fc"],
            convolutions: ["shortcut": "proj", "a": "f.a", "b": "f.b", "c": "f.c"],
            squeeze: "f.se.fc1",
            excite: "f.se.fc2",
            kinds: ("0", "1")
        ) { "trunk_output.block\($0 + 1).block\($0 + 1)-\($1)" }
    }

    /// `stages.1.0.a` is `s2.b1.conv1.conv`, its normalisation `s2.b1.conv1.bn`.
    fileprivate var timmNames: [String: String] {
        names(
            ["stem": "stem.conv", "stem.bn": "stem.bn", "fc": "head.fc"],
            convolutions: ["shortcut": "downsample", "a": "conv1", "b": "conv2", "c": "conv3"],
            squeeze: "se.fc1",
            excite: "se.fc2",
            kinds: ("conv", "bn")
        ) { "s\($0 + 1).b\($1 + 1)" }
    }

    private func names(
        _ ends: [String: String],
        convolutions: [String: String],
        squeeze: String,
        excite: String,
        kinds: (convolution: String, norm: String),
        place: (Int, Int) -> String
    ) -> [String: String] {
        var names = ends
        for (stage, count) in blocks.enumerated() {
            for block in 0..<count {
                let (ours, theirs) = ("stages.\(stage).\(block)", place(stage, block))
                for (layer, name) in convolutions {
                    names["\(ours).\(layer)"] = "\(theirs).\(name).\(kinds.convolution)"
                    names["\(ours).\(layer).bn"] = "\(theirs).\(name).\(kinds.norm)"
                }
                names["\(ours).squeeze"] = "\(theirs).\(squeeze)"
                names["\(ours).excite"] = "\(theirs).\(excite)"
            }
        }
        return names
    }
}

package import RecNetwork

extension Backbone {
    /// A ConvNeXt with the names of torchvision, timm and Keras.
    ///
    /// - Parameters:
    ///   - name: The name: `convnext_tiny`.
    ///   - configuration: The numbers of the network.
    ///   - side: The short side to which torchvision resizes pictures.
    ///   - timm: The preprocessing of timm's default weights.
    /// - Returns: The backbone.
    package static func convNeXt(
        _ name: String,
        _ configuration: ConvNeXt,
        resizedTo side: Int,
        timm: Preprocessing
    ) -> Backbone {
        let (torchvision, timmName) = (configuration.torchvisionNames, configuration.timmNames)
        let keras = configuration.kerasNames(name)
        return Backbone(
            name: name,
            variants: [
                Variant([name], TensorNaming.torchvision { torchvision[$0] ?? $0 }, .torchvision(resizedTo: side)) {
                    configuration.network()
                },
                Variant([name], [TensorNaming.pyTorchModules { timmName[$0] ?? $0 }.of(.timm)], timm) {
                    configuration.network()
                },
                Variant([], [.keras { keras[$0] ?? $0 }], .keras(.imageNet)) { configuration.network() },
            ]
        )
    }
}

extension ConvNeXt {
    /// `stages.1.0.expand` is `features.3.0.block.3`.
    fileprivate var torchvisionNames: [String: String] {
        let parts = [
            "depthwise": "block.0", "norm": "block.2", "expand": "block.3", "project": "block.5",
            "scale": "layer_scale",
        ]
        return names(
            ["stem": "features.0.0", "stem.norm": "features.0.1", "norm": "classifier.0", "fc": "classifier.2"],
            downsample: { ("features.\(2 * $0).0", "features.\(2 * $0).1") }
        ) { "features.\(2 * $0 + 1).\($1).\(parts[$2] ?? $2)" }
    }

    /// `stages.1.0.expand` is `stages.1.blocks.0.mlp.fc1`.
    fileprivate var timmNames: [String: String] {
        let parts = ["depthwise": "conv_dw", "expand": "mlp.fc1", "project": "mlp.fc2", "scale": "gamma"]
        return names(
            ["stem": "stem.0", "stem.norm": "stem.1", "norm": "head.norm", "fc": "head.fc"],
            downsample: { ("stages.\($0).downsample.0", "stages.\($0).downsample.1") }
        ) { "stages.\($0).blocks.\($1).\(parts[$2] ?? $2)" }
    }

    /// `stages.1.0.expand` is `convnext_tiny_stage_1_block_0_pointwise_conv_1`.
    fileprivate func kerasNames(_ model: String) -> [String: String] {
        let parts = [
            "depthwise": "depthwise_conv", "norm": "layernorm", "expand": "pointwise_conv_1",
            "project": "pointwise_conv_2", "scale": "layer_scale",
        ]
        return names(
            [
                "stem": "\(model)_stem_conv", "stem.norm": "\(model)_stem_layernorm", "norm": "\(model)_head_layernorm",
                "fc": "\(model)_head_dense",
            ],
            downsample: {
                ("\(model)_downsampling_layernorm_\($0 - 1)", "\(model)_downsampling_conv_\($0 - 1)")
            }
        ) { "\(model)_stage_\($0)_block_\($1)_\(parts[$2] ?? $2)" }
    }

    /// A library's names by ours.
    ///
    /// - Parameters:
    ///   - ends: Those before the first stage and after the last.
    ///   - downsample: Names the normalisation and the convolution before a stage.
    ///   - part: Names a layer of a block, given stage, block and our name.
    /// - Returns: The library's name of each layer.
    private func names(
        _ ends: [String: String],
        downsample: (Int) -> (norm: String, convolution: String),
        part: (Int, Int, String) -> String
    ) -> [String: String] {
        var names = ends
        for (stage, count) in blocks.enumerated() {
            if stage > 0 {
                (names["downsample.\(stage).norm"], names["downsample.\(stage)"]) = downsample(stage)
            }
            for block in 0..<count {
                for layer in ["depthwise", "norm", "expand", "project", "scale"] {
                    names["stages.\(stage).\(block).\(layer)"] = part(stage, block, layer)
                }
            }
        }
        return names
    }
}

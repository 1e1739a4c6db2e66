package import RecNetwork

extension Backbone {
    /// An EfficientNet-Lite network with the names of its PyTorch port and of timm.
    package static func efficientNetLite(_ name: String, _ configuration: EfficientNetLite) -> Backbone {
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
        let timm = configuration.names(stem: "conv_stem", stemNorm: "bn1", head: "conv_head", headNorm: "bn2") {
            stage,
            block,
            _,
            hasExpansion in
            // timm numbers the normalisations of a block, and the projection has another name in blocks without
            // expansion.
            BlockNames(
                prefix: "blocks.\(stage).\(block)",
                expand: ("conv_pw", "bn1"),
                depthwise: ("conv_dw", hasExpansion ? "bn2" : "bn1"),
                project: hasExpansion ? ("conv_pwl", "bn3") : ("conv_pw", "bn2")
            )
        }
        return Backbone(
            name: name,
            variants: [
                Variant(
                    naming: [
                        .pyTorch { port[$0] ?? ($0 == "fc" ? "_fc" : $0) }.of(.efficientNetLite),
                        .pyTorch { timm[$0] ?? ($0 == "fc" ? "classifier" : $0) }.of(.timm),
                    ],
                    preprocessing: .efficientNetLite0
                ) { configuration.network() }
            ]
        )
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

internal import RecNetwork

/// A library's names of the layers of an inverted residual block.
struct BlockNames {
    /// The names of a convolution and its normalisation.
    typealias Pair = (convolution: String, norm: String)

    let expand: Pair
    let depthwise: Pair
    var squeeze = ""
    var excite = ""
    let project: Pair
}

extension BlockNames {
    /// torchvision's names in EfficientNet and MobileNetV3: parts are counted.
    init(torchvision block: InvertedResiduals.Block, _ place: String) {
        let depthwise = block.expands ? 1 : 0
        let project = block.squeeze == nil ? depthwise + 1 : depthwise + 2
        self.init(
            expand: ("\(place).0.0", "\(place).0.1"),
            depthwise: ("\(place).\(depthwise).0", "\(place).\(depthwise).1"),
            squeeze: "\(place).\(depthwise + 1).fc1",
            excite: "\(place).\(depthwise + 1).fc2",
            project: ("\(place).\(project).0", "\(place).\(project).1")
        )
    }

    /// timm's names: normalisations are counted, and the projection has another name in blocks without expansion.
    init(timm block: InvertedResiduals.Block, _ place: String) {
        self.init(
            expand: ("\(place).conv_pw", "\(place).bn1"),
            depthwise: ("\(place).conv_dw", block.expands ? "\(place).bn2" : "\(place).bn1"),
            squeeze: "\(place).se.conv_reduce",
            excite: "\(place).se.conv_expand",
            project: block.expands
                ? ("\(place).conv_pwl", "\(place).bn3") : ("\(place).conv_pw", "\(place).bn2")
        )
    }
}

extension InvertedResiduals {
    /// A library's names of all layers, by ours.
    ///
    /// - Parameters:
    ///   - stem: The first convolution and its normalisation.
    ///   - head: The last convolution and its normalisation.
    ///   - hidden: The fully connected layer before the classifier.
    ///   - classifier: The classifier.
    ///   - block: Names the layers of a block, given its number in the network.
    /// - Returns: The library's name of each layer.
    func names(
        stem: BlockNames.Pair,
        head: BlockNames.Pair,
        hidden: String = "",
        classifier: String,
        block: (Block, Int) -> BlockNames
    ) -> @Sendable (String) -> String {
        var names = ["hidden": hidden, "fc": classifier]
        func add(_ layer: String, _ pair: BlockNames.Pair) {
            names[layer] = pair.convolution
            names["\(layer).bn"] = pair.norm
        }
        add("stem", stem)
        add("head", head)
        for (number, row) in blocks.enumerated() {
            let theirs = block(row, number)
            add("blocks.\(number).expand", theirs.expand)
            add("blocks.\(number).depthwise", theirs.depthwise)
            add("blocks.\(number).project", theirs.project)
            names["blocks.\(number).squeeze"] = theirs.squeeze
            names["blocks.\(number).excite"] = theirs.excite
        }
        return { [names] in names[$0] ?? $0 }
    }

    /// timm's names, and the numbers of its modules in a `Sequential` of the children.
    ///
    /// MobileNetV3's last convolution is a stage of its own, and its hidden layer has the last convolution's name.
    var timmNaming: [TensorNaming] {
        func names(
            _ stem: BlockNames.Pair,
            _ blocks: String,
            _ head: BlockNames.Pair,
            _ classifier: String
        ) -> TensorNaming {
            let stage = (self.blocks.last?.stage ?? 0) + 1
            let last = "\(blocks).\(stage).0"
            return .pyTorchModules(
                self.names(
                    stem: stem,
                    head: hidden == nil ? head : ("\(last).conv", "\(last).bn1"),
                    hidden: head.convolution,
                    classifier: classifier
                ) { block, _ in BlockNames(timm: block, "\(blocks).\(block.stage).\(block.index)") }
            ).of(.timm)
        }
        return [
            names(("conv_stem", "bn1"), "blocks", ("conv_head", "bn2"), "classifier"),
            names(("0", "1"), "2", hidden == nil ? ("3", "4") : ("4", "4"), "6"),
        ]
    }
}

extension TensorNaming {
    /// torchvision's names, whose modules in `features` may also be the children of a `Sequential`.
    static func torchvision(_ moduleName: @escaping @Sendable (String) -> String) -> [TensorNaming] {
        let features = "features."
        return [
            .pyTorchModules(moduleName),
            .pyTorchModules(isSequence: true) { layer in
                let name = moduleName(layer)
                return name.hasPrefix(features) ? String(name.dropFirst(features.count)) : name
            },
        ]
    }
}

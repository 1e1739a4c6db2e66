internal import RecNetwork

/// Convolutions over pictures with constant weights.
enum ConvolutionRule {
    @Sendable static func lower(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        let context = node.operation.context
        guard let input = lowering.operand(node, 0), let type = lowering.type(input),
            let weights = lowering.constant(node, 1), let output = lowering.type(node.node.outputs[0]),
            type.rank == 4, type.shape[0] == 1, weights.type.rank == 4, output.rank == 4
        else { return false }
        let bias = lowering.constant(node, 2)
        guard bias != nil || lowering.operand(node, 2) == nil else { return false }
        let (channels, groups) = (type.shape[1], try context.integer("group", 1))
        let shape = weights.type.shape
        guard groups > 0, channels % groups == 0, shape[0] % groups == 0, shape[1] == channels / groups,
            bias.map({ $0.type.count == shape[0] }) ?? true,
            let source = try source(of: input, type, context, shape, lowering),
            let map = lowering.map(
                source.name,
                .planes(channels: channels),
                height: source.height,
                width: source.width
            )
        else { return false }
        let convolution = Convolution(
            inputs: channels,
            outputs: shape[0],
            window: source.window,
            groups: groups,
            hasBias: bias != nil
        )
        let name = lowering.layerName(node.node)
        lowering.setParameter(name, .weight) { try weights.load().floats }
        if let bias { lowering.setParameter(name, .bias) { try bias.load().floats } }
        let value = lowering.network.convolution(name, map.value, convolution)
        lowering.hold(
            node.node.outputs[0],
            .planes(channels: shape[0]),
            value,
            FeatureMapShape(channels: shape[0], height: output.shape[2], width: output.shape[3])
        )
        return true
    }

    /// The map that a convolution slides over, and its window.
    private struct Source {
        let name: String
        let height: Int
        let width: Int
        let window: SlidingWindow
    }

    /// The input, or what was padded with zeros to make it.
    private static func source(
        of input: String,
        _ type: TensorType,
        _ context: OperatorContext,
        _ weights: [Int],
        _ lowering: GraphLowering
    ) throws -> Source? {
        let kernel = Array(weights[2...])
        let attributes = try WindowAttributes(context)
        if let (inner, pads) = try margins(input, lowering), let size = lowering.type(inner)?.shape,
            let (window, _) = attributes.layerWindow(over: Array(size[2...]), kernel: kernel, margins: pads, context)
        {
            return Source(name: inner, height: size[2], width: size[3], window: window)
        }
        return attributes.layerWindow(over: Array(type.shape[2...]), kernel: kernel, context).map {
            Source(name: input, height: type.shape[2], width: type.shape[3], window: $0.window)
        }
    }

    /// The value that a node pads with zeros around height and width, with the margins: top, left, bottom, right.
    private static func margins(_ name: String, _ lowering: GraphLowering) throws -> (String, [Int])? {
        guard let padding = lowering.producers[name], padding.node.operatorType == "Pad",
            try padding.operation.context.text("mode", "constant") == "constant", case let node = padding.node,
            (2...3).contains(node.inputs.count),
            lowering.type(node.inputs[0])?.rank == 4, let pads = try lowering.graph.constants[node.inputs[1]]?.load(),
            try node.inputs.count < 3 || node.inputs[2].isEmpty || lowering.number(node.inputs[2]) == 0
        else { return nil }
        let amounts = pads.integers.map { Int(truncatingIfNeeded: $0) }
        guard amounts.count == 8, amounts[0] == 0, amounts[1] == 0, amounts[4] == 0, amounts[5] == 0,
            amounts.allSatisfy({ $0 >= 0 && $0 < 1 << 16 })
        else { return nil }
        return (node.inputs[0], [amounts[2], amounts[3], amounts[6], amounts[7]])
    }
}

internal import RecNetwork

/// Convolutions over pictures with constant weights.
enum ConvolutionRule {
    @Sendable static func lower(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        let reading = NodeReading(node.node)
        guard let input = lowering.operand(node, 0), let type = lowering.type(input),
            let weights = lowering.constant(node, 1), let output = lowering.type(node.node.outputs[0]),
            type.rank == 4, type.shape[0] == 1, weights.type.rank == 4, output.rank == 4
        else { return false }
        let bias = lowering.constant(node, 2)
        guard bias != nil || lowering.operand(node, 2) == nil else { return false }
        let (channels, groups) = (type.shape[1], reading.integer("group") ?? 1)
        let shape = weights.type.shape
        guard groups > 0, channels % groups == 0, shape[0] % groups == 0, shape[1] == channels / groups,
            bias.map({ $0.type.count == shape[0] }) ?? true,
            let window = reading.window(kernel: Array(shape[2...]), over: Array(type.shape[2...])),
            let map = lowering.map(input, .planes(channels: channels), height: type.shape[2], width: type.shape[3])
        else { return false }
        let convolution = Convolution(
            inputs: channels,
            outputs: shape[0],
            window: window,
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
}

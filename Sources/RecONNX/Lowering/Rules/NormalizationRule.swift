internal import RecNetwork

/// Batch normalisation with constant statistics.
enum NormalizationRule {
    @Sendable static func lower(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        let context = node.operation.context
        guard let input = lowering.operand(node, 0), let type = lowering.type(input),
            type.rank >= 2, type.shape[0] == 1
        else { return false }
        let channels = type.shape[1]
        let constants = (1...4).compactMap { lowering.constant(node, $0) }
        let epsilon = Double(try context.float("epsilon") ?? 1e-5)
        guard constants.count == 4, constants.allSatisfy({ $0.type.count == channels }), epsilon > 0,
            let map = lowering.value(input, .planes(channels: channels))
        else { return false }
        let name = lowering.layerName(node.node)
        for (role, constant) in zip([Parameter.Role.scale, .shift, .mean, .variance], constants) {
            lowering.setParameter(name, role) { try constant.load().floats }
        }
        let layer = BatchNormalization(channels: channels, epsilon: epsilon)
        let value = lowering.network.batchNormalization(name, map.value, layer)
        lowering.hold(node.node.outputs[0], .planes(channels: channels), value, map.shape)
        return true
    }
}

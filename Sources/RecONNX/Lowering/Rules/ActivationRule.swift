internal import RecNetwork

/// Functions of each value.
enum ActivationRule {
    @Sendable static func lower(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        guard let input = lowering.operand(node, 0), let activation = try activation(node, lowering) else {
            return false
        }
        return lower(activation, of: input, to: node.node.outputs[0], &lowering)
    }

    /// Applies an activation to a value in the form in which it was computed.
    static func lower(
        _ activation: Activation,
        of input: String,
        to output: String,
        _ lowering: inout GraphLowering
    ) -> Bool {
        guard let source = lowering.held[input], let held = source.forms[source.origin] else { return false }
        let value = lowering.network.activation(held.value, activation)
        lowering.hold(output, source.origin, value, held.shape)
        return true
    }

    private static func activation(_ node: FoldedGraph.Node, _ lowering: GraphLowering) throws -> Activation? {
        let context = node.operation.context
        switch node.node.operatorType {
        case "Relu": return .relu
        case "Sigmoid": return .sigmoid
        case "Tanh": return .tanh
        case "HardSwish": return .hardSwish
        case "HardSigmoid":
            return .hardSigmoid(slope: try context.float("alpha") ?? 0.2, offset: try context.float("beta") ?? 0.5)
        case "Gelu": return try context.text("approximate", "none") == "none" ? .gelu : .tanhGELU
        case "Clip":
            guard let limits = try limits(node, lowering), limits.low <= limits.high else { return nil }
            return .clip(low: limits.low, high: limits.high)
        default: return nil
        }
    }

    /// The limits of a clip, when they are constant.
    static func limits(_ node: FoldedGraph.Node, _ lowering: GraphLowering) throws -> (low: Float, high: Float)? {
        guard lowering.operand(node, 1) == nil, lowering.operand(node, 2) == nil else { return nil }
        let context = node.operation.context
        let low = try lowering.constant(node, 1)?.load().floats.first ?? context.float("min")
        let high = try lowering.constant(node, 2)?.load().floats.first ?? context.float("max")
        return (low ?? -.infinity, high ?? .infinity)
    }
}

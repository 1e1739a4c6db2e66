internal import RecNetwork

/// Operators that give the same elements another shape, or another type of which all are kept.
enum ViewRule {
    @Sendable static func lower(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        let output = node.node.outputs[0]
        guard let input = lowering.operand(node, 0), let type = lowering.type(input),
            let result = lowering.type(output),
            type.count == result.count,
            type.elementType == result.elementType || result.elementType == .float32
        else { return false }
        lowering.alias(output, to: input)
        return true
    }
}

internal import RecNetwork

/// Operators that only move elements of one value: where each comes from is found by moving their numbers.
enum MoveRule {
    @Sendable static func lower(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        guard let input = lowering.operand(node, 0), let type = lowering.type(input), type.count <= Int(Int32.max),
            (1..<max(node.node.inputs.count, 1)).allSatisfy({ lowering.operand(node, $0) == nil }),
            let vector = lowering.vector(input)
        else { return false }
        var operands: [Tensor?] = []
        for index in node.node.inputs.indices.dropFirst() {
            operands.append(try lowering.constant(node, index)?.load())
        }
        let outputs = try lowering.moves.places(node, shape: type.shape, operands: operands)
        for (name, places) in zip(node.node.outputs, outputs) where !name.isEmpty {
            guard lowering.consumers[name] != nil || lowering.outputs.contains(name) else { continue }
            let value = lowering.move(vector, places, name: node.node.operatorType)
            lowering.hold(name, .vector, value, FeatureMapShape(channels: places.indices.count))
        }
        return true
    }
}

internal import RecNetwork

/// The weights of attention as a graph writes them out: softmax of the product of queries and transposed keys, times a
/// factor, plus a constant mask.
struct AttentionScores {
    let queries: String
    let keys: String
    let factor: Float
    let mask: AttentionMask?

    /// Follows the nodes before a value of weights; `nil` when they compute something else.
    init?(behind weights: String, _ lowering: GraphLowering) throws {
        var name = weights
        // Zeros for what is not a number: rows in which the mask leaves a key have none.
        if let node = lowering.producers[name]?.node, node.operatorType == "Where", node.inputs.count == 3,
            let test = lowering.producers[node.inputs[0]]?.node, test.operatorType == "IsNaN",
            test.inputs[0] == node.inputs[2], try lowering.number(node.inputs[1]) == 0
        {
            name = node.inputs[2]
        }
        guard let softmax = lowering.producers[name], softmax.node.operatorType == "Softmax",
            let shape = lowering.type(name)?.shape, shape.count >= 2
        else { return nil }
        let context = softmax.operation.context
        let axis = try context.integer("axis", context.version < 13 ? 1 : -1)
        guard axis == -1 || axis == shape.count - 1 else { return nil }
        name = softmax.node.inputs[0]
        var factor: Float = 1
        var mask: AttentionMask?
        while let node = lowering.producers[name]?.node {
            if node.operatorType == "MatMul" {
                guard node.inputs.allSatisfy({ !lowering.isConstant($0) }) else { return nil }
                (queries, keys, self.factor, self.mask) = (node.inputs[0], node.inputs[1], factor, mask)
                return
            } else if let scaled = try lowering.factor(before: name) {
                factor *= scaled.factor
                name = scaled.value
            } else if node.operatorType == "Add", mask == nil, factor == 1, node.inputs.count == 2,
                let constant = node.inputs.firstIndex(where: lowering.isConstant),
                let tensor = try lowering.graph.constants[node.inputs[constant]]?.load()
            {
                mask = AttentionMask(
                    tensor,
                    heads: shape.dropLast(2).reduce(1, *),
                    queries: shape[shape.count - 2],
                    keys: shape[shape.count - 1]
                )
                guard mask != nil else { return nil }
                name = node.inputs[1 - constant]
            } else {
                return nil
            }
        }
        return nil
    }
}

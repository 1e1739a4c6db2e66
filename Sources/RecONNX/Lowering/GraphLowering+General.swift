internal import RecCore
internal import RecNetwork

extension GraphLowering {
    /// Lowers a node to operations on vectors that its operator computes, one for each output that is used.
    ///
    /// - Throws: `RecError` with code `unsupportedONNX` when a tensor is empty, and the errors of reading constants.
    mutating func lowerGenerally(_ node: FoldedGraph.Node) throws {
        var inputs: [GraphOperation.Input] = []
        var values: [Network.Value] = []
        for name in node.node.inputs {
            if name.isEmpty {
                inputs.append(.absent)
            } else if let constant = graph.constants[name] {
                inputs.append(.constant(try constant.load()))
            } else if let type = type(name), let value = vector(name) {
                inputs.append(.value(type))
                values.append(value)
            } else {
                throw RecError(
                    .invalidONNX,
                    path: graph.path,
                    "Node '\(node.node.name)' reads '\(name)' before it is computed."
                )
            }
        }
        for (index, name) in node.node.outputs.enumerated() where !name.isEmpty {
            guard consumers[name] != nil || outputs.contains(name) else { continue }
            guard let type = type(name), type.count > 0, !values.isEmpty else {
                throw RecError(
                    .unsupportedONNX,
                    path: graph.path,
                    "Node '\(node.node.name)' (\(node.node.operatorType)) has the empty output '\(name)'. Cut the "
                        + "graph before it."
                )
            }
            let operation = GraphOperation(
                name: node.node.operatorType,
                operation: node.operation,
                inputs: inputs,
                output: index,
                outputType: type
            )
            let shape = FeatureMapShape(channels: operation.outputCount)
            hold(name, .vector, network.general(operation, values), shape)
        }
    }
}

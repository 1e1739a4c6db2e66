extension ONNXModel {
    /// Runs the graph as it is, node by node, with plain arithmetic: the reference for folding and layers.
    ///
    /// - Parameter given: The inputs by name.
    /// - Returns: The outputs in the order of the file.
    /// - Throws: `RecError` with code `unsupportedONNX`, `invalidONNX` or `corruptWeights`.
    package func evaluate(_ given: [String: Tensor]) throws -> [Tensor] {
        var values = GraphValues(path: path, constants: graph.constants, computed: given)
        for node in graph.nodes {
            try values.run(node, try OperatorTable.operation(for: node, opset: opset(of: node)))
        }
        return try graph.outputs.compactMap { try values.value($0.name) }
    }
}

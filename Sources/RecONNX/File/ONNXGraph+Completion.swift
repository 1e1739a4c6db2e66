internal import RecCore

extension ONNXGraph {
    /// Makes constants of `Constant` nodes, where some exporters keep all weights, and sorts the others.
    ///
    /// - Throws: `corrupt` when two tensors have the same name, or nodes depend on each other in a circle.
    mutating func complete(_ corrupt: (String) -> RecError) throws {
        var others: [ONNXNode] = []
        for node in nodes {
            guard node.operatorType == "Constant", node.domain.isEmpty, node.inputs.isEmpty,
                let output = node.outputs.first, let constant = node.constantValue
            else {
                others.append(node)
                continue
            }
            try add(constant, output, corrupt)
        }
        nodes = others
        try GraphOrder.sort(&self, corrupt)
    }

    /// Adds a constant.
    ///
    /// - Throws: `corrupt` when there is one of that name.
    mutating func add(_ constant: ONNXConstant, _ name: String, _ corrupt: (String) -> RecError) throws {
        guard constants.updateValue(constant, forKey: name) == nil else {
            throw corrupt("Two tensors have the name '\(name)'.")
        }
    }
}

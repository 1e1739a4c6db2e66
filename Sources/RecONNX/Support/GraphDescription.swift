internal import RecCore
internal import RecNetwork

/// What a graph does, without its weights being read: layers with their sizes and operations.
package struct GraphDescription: Sendable {
    /// One node.
    package struct Layer: Sendable {
        /// The name of the node.
        package let name: String
        /// The operator.
        package let operatorType: String
        /// The outputs with their types.
        package let outputs: [(name: String, type: TensorType)]
        /// The numbers in its constants.
        package let parameters: Int
        /// Multiplications that are followed by an addition, for convolutions and products of matrices; 0 for others.
        package let multiplyAdds: Int
    }

    /// The inputs, in the sizes that are assumed.
    package let inputs: [(name: String, type: TensorType)]
    /// The outputs.
    package let outputs: [(name: String, type: TensorType)]
    /// The nodes that run.
    package let layers: [Layer]
    /// The tensor that features are taken from by default; `nil` when there is none.
    package let features: (name: String, type: TensorType)?
    /// Bytes of the constants.
    package let parameterBytes: Int
    /// Bytes of the values that are alive at the same time, at most.
    package let peakBytes: Int

    /// Multiplications that are followed by an addition, of all layers.
    package var multiplyAdds: Int { layers.reduce(0) { $0 + $1.multiplyAdds } }

    /// Describes a folded graph.
    package init(_ graph: FoldedGraph) {
        func typed(_ name: String, _ value: String) -> (name: String, type: TensorType)? {
            graph.types[value].map { (name, $0) }
        }
        inputs = graph.inputs.map { ($0.name, $0.type) }
        outputs = graph.outputs.compactMap { typed($0.name, $0.value) }
        layers = graph.nodes.map { Self.layer($0.node, graph) }
        features = (try? FeaturePlace(beforeClassifierOf: graph).name).flatMap { typed($0, $0) }
        parameterBytes = graph.constants.values.reduce(0) { $0 + $1.type.byteCount }
        peakBytes = Self.peak(graph)
    }

    private static func layer(_ node: ONNXNode, _ graph: FoldedGraph) -> Layer {
        let outputs = node.outputs.compactMap { name in graph.types[name].map { (name: name, type: $0) } }
        let constants = node.inputs.compactMap { graph.constants[$0]?.type }
        var multiplyAdds = 0
        if let output = outputs.first?.type {
            let operands = node.inputs.map { graph.types[$0] }
            switch node.operatorType {
            case "Conv" where operands.count > 1:
                if let weights = operands[1], let filters = weights.shape.first, filters > 0 {
                    multiplyAdds = output.count * (weights.count / filters)
                }
            case "MatMul" where operands.count > 1: multiplyAdds = output.count * (operands[0]?.shape.last ?? 0)
            case "Gemm" where operands.count > 1:
                if let left = operands[0], let rows = output.shape.first, rows > 0 {
                    multiplyAdds = output.count * (left.count / rows)
                }
            default: break
            }
        }
        return Layer(
            name: node.name,
            operatorType: node.operatorType,
            outputs: outputs,
            parameters: constants.reduce(0) { $0 + $1.count },
            multiplyAdds: multiplyAdds
        )
    }

    /// Walks through the nodes, with each value alive from its node to the last that reads it.
    private static func peak(_ graph: FoldedGraph) -> Int {
        var last: [String: Int] = [:]
        for (index, node) in graph.nodes.enumerated() {
            for name in node.node.inputs where graph.constants[name] == nil { last[name] = index }
        }
        for output in graph.outputs { last[output.value] = graph.nodes.count }
        func size(_ name: String) -> Int { graph.types[name]?.byteCount ?? 0 }
        var alive = graph.inputs.reduce(0) { $0 + size($1.name) }
        var peak = alive
        for (index, node) in graph.nodes.enumerated() {
            alive += node.node.outputs.reduce(0) { $0 + size($1) }
            peak = max(peak, alive)
            for name in Set(node.node.inputs) where last[name] == index { alive -= size(name) }
            for name in node.node.outputs where last[name] == nil { alive -= size(name) }
        }
        return peak
    }
}

extension ONNXNode {
    /// The names that the node uses of the graph that it is in, in graphs within its attributes too.
    var usedNames: [String] {
        var names = inputs
        for case .graph(let graph) in attributes.values {
            let own = graph.ownNames
            let used = graph.nodes.flatMap(\.usedNames) + graph.outputs.map(\.name)
            names += used.filter { !own.contains($0) }
        }
        return names
    }

    /// The node with other names of values, in graphs within its attributes too.
    func renamed(_ name: (String) -> String) -> ONNXNode {
        let attributes = attributes.mapValues { attribute in
            guard case .graph(var graph) = attribute else { return attribute }
            let own = graph.ownNames
            func outer(_ inner: String) -> String { own.contains(inner) ? inner : name(inner) }
            graph.nodes = graph.nodes.map { $0.renamed(outer) }
            graph.outputs = graph.outputs.map {
                ONNXValueInfo(name: outer($0.name), elementType: $0.elementType, dimensions: $0.dimensions)
            }
            return .graph(graph)
        }
        var node = self
        node.inputs = inputs.map(name)
        node.outputs = outputs.map(name)
        node.attributes = attributes
        return node
    }
}

extension ONNXGraph {
    /// The names of the values that the graph itself has: constants, and what its nodes compute.
    var ownNames: Set<String> {
        var names = Set(constants.keys)
        for node in nodes { names.formUnion(node.outputs) }
        names.remove("")
        return names
    }

    /// The nodes that some values depend on, in their order.
    func needed(for outputs: [String]) -> [ONNXNode] {
        var used = Set(outputs)
        var result: [ONNXNode] = []
        for node in nodes.reversed() where node.outputs.contains(where: { !$0.isEmpty && used.contains($0) }) {
            used.formUnion(node.usedNames)
            result.append(node)
        }
        return result.reversed()
    }
}

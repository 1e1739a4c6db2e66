/// What the names in the body of a function mean for one call.
struct FunctionScope {
    /// The values of the caller, by the names of inputs and outputs.
    let names: [String: String]
    /// What comes before the names of all other values and nodes.
    let prefix: String
    /// The node that calls.
    let call: ONNXNode
    /// The function.
    let function: ONNXFunction

    private func value(_ name: String) -> String { names[name] ?? prefix + name }

    /// A node of the body as one of the caller's graph.
    func inner(_ node: ONNXNode) -> ONNXNode { inner(node, value) }

    private func inner(_ node: ONNXNode, _ value: (String) -> String) -> ONNXNode {
        var result = node
        result.name = prefix + node.name
        // A call within the body keeps no version: its own function says which one its nodes have.
        result.opset = node.domain.isEmpty ? function.opset ?? call.opset : nil
        result.inputs = node.inputs.map(value)
        result.outputs = node.outputs.map(value)
        for (name, attribute) in node.attributes {
            switch attribute {
            case .parameter(let parameter):
                // Where neither the call nor the function has a value, the operator's own default holds.
                result.attributes[name] = call.attributes[parameter] ?? function.defaults[parameter]
            case .graph(let graph): result.attributes[name] = .graph(inner(graph, value))
            default: break
            }
        }
        return result
    }

    /// A graph within a node; its own values hide those of the function.
    private func inner(_ graph: ONNXGraph, _ outer: (String) -> String) -> ONNXGraph {
        let own = graph.ownNames.union(graph.inputs.map(\.name))
        func value(_ name: String) -> String { own.contains(name) ? prefix + name : outer(name) }
        func renamed(_ info: ONNXValueInfo) -> ONNXValueInfo {
            ONNXValueInfo(name: value(info.name), elementType: info.elementType, dimensions: info.dimensions)
        }
        var result = graph
        result.nodes = graph.nodes.map { inner($0, value) }
        result.constants = [:]
        for (name, constant) in graph.constants { result.constants[value(name)] = constant }
        result.inputs = graph.inputs.map(renamed)
        result.outputs = graph.outputs.map(renamed)
        return result
    }
}

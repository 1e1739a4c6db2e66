internal import RecCore

/// Puts the nodes of functions in the places of the nodes that call them.
///
/// What is within a call gets the name of the calling node, a number and its own name: "layer#3/scores".
struct FunctionExpansion {
    private var functions: [ONNXFunction.Key: ONNXFunction] = [:]
    private let corrupt: (String) -> RecError
    /// The calls so far.
    private var calls = 0
    /// The parts that calls may still become.
    private var partsLeft = ONNXLimits.expandedPartCount
    /// The graphs in which the walk is, one in another.
    private var graphDepth = 0
    /// The functions in which the walk is, the outermost first.
    private var path: [ONNXFunction.Key] = []

    /// Takes the functions of a file.
    ///
    /// - Throws: `corrupt` when two have the same name.
    init(_ functions: [ONNXFunction], _ corrupt: @escaping (String) -> RecError) throws {
        self.corrupt = corrupt
        for function in functions where self.functions.updateValue(function, forKey: function.key) != nil {
            throw corrupt("Two functions have the name '\(function.key.name.prefix(120))'.")
        }
    }

    /// Expands the calls in a graph, in graphs within its nodes and in the functions themselves.
    ///
    /// - Complexity: Proportional to the nodes that result, which are bounded.
    /// - Throws: `corrupt` when functions call each other in a circle, too deep or too often, when a call has more
    ///   operands than its function, or when names collide.
    mutating func expand(_ graph: inout ONNXGraph) throws {
        guard graphDepth <= ONNXLimits.graphDepth else { throw corrupt("Its graphs are nested too deep.") }
        graphDepth += 1
        defer { graphDepth -= 1 }
        let before = calls
        graph.nodes = try expanded(graph.nodes)
        if calls > before || !path.isEmpty { try graph.complete(corrupt) }
    }

    private mutating func expanded(_ nodes: [ONNXNode]) throws -> [ONNXNode] {
        var result: [ONNXNode] = []
        for var node in nodes {
            if let function = functions[node.functionKey] {
                result += try body(of: function, for: node)
                continue
            }
            for (name, value) in node.attributes {
                guard case .graph(var graph) = value else { continue }
                try expand(&graph)
                node.attributes[name] = .graph(graph)
            }
            result.append(node)
        }
        return result
    }

    /// The nodes that take the place of a call.
    private mutating func body(of function: ONNXFunction, for call: ONNXNode) throws -> [ONNXNode] {
        let title = "The function '\(function.key.name.prefix(120))'"
        guard !path.contains(function.key) else { throw corrupt("\(title) calls itself.") }
        guard path.count < ONNXLimits.functionDepth else { throw corrupt("Its functions are nested too deep.") }
        guard call.inputs.count <= function.inputs.count, call.outputs.count <= function.outputs.count else {
            throw corrupt("\(title) has fewer inputs or outputs than the node '\(call.name.prefix(120))'.")
        }
        calls += 1
        let prefix = "\(call.name)#\(calls)/"
        var names: [String: String] = ["": ""]
        for (index, name) in function.inputs.enumerated() {
            names[name] = index < call.inputs.count ? call.inputs[index] : ""
        }
        // An output that is an input, or another output too, is a value of its own.
        var copies: [ONNXNode] = []
        for (name, output) in zip(function.outputs, call.outputs) where !output.isEmpty {
            if let value = names[name] {
                copies.append(ONNXNode(name: output, operatorType: "Identity", inputs: [value], outputs: [output]))
            } else {
                names[name] = output
            }
        }
        let scope = FunctionScope(names: names, prefix: prefix, call: call, function: function)
        var nodes: [ONNXNode] = []
        for node in function.nodes {
            let node = scope.inner(node)
            partsLeft -= node.partCount
            guard partsLeft >= 0 else {
                throw corrupt("Its functions become more than \(ONNXLimits.expandedPartCount) parts.")
            }
            nodes.append(node)
        }
        path.append(function.key)
        defer { path.removeLast() }
        return try expanded(nodes) + copies
    }
}

extension ONNXNode {
    /// The node with its operands, attributes and graphs, where long names and lists count more than once.
    fileprivate var partCount: Int {
        var count = 1 + attributes.count + name.utf8.count / 32
        for name in inputs + outputs { count += 1 + name.utf8.count / 32 }
        for value in attributes.values {
            switch value {
            case .graph(let graph):
                count += graph.constants.count + graph.outputs.count
                for node in graph.nodes { count += node.partCount }
            // A constant copies them.
            case .integers(let numbers): count += numbers.count / 8
            case .floats(let numbers): count += numbers.count / 8
            default: break
            }
        }
        return count
    }
}

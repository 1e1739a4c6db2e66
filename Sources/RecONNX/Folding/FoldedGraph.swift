internal import RecCore

/// A graph for one size of its inputs: every shape is known, constants are computed, and nothing is left that no output
/// needs.
package struct FoldedGraph: Sendable {
    /// A node that runs.
    package struct Node: Sendable {
        /// The node of the file; its inputs and outputs name entries of ``FoldedGraph/types``.
        package var node: ONNXNode
        /// The version of the operator set in which the operator got its present definition.
        package let version: Int
        /// The operator with its attributes.
        package let operation: any TensorOperation

        /// Describes a node.
        package init(node: ONNXNode, version: Int, operation: any TensorOperation) {
            self.node = node
            self.version = version
            self.operation = operation
        }
    }

    /// An input of a graph.
    package struct Input: Sendable, Hashable {
        /// The name of the input, which is that of its value.
        package let name: String
        /// Element type and shape.
        package let type: TensorType
    }

    /// An output of a graph.
    package struct Output: Sendable, Hashable {
        /// The name that the file gives the output.
        package let name: String
        /// The value: the output of a node, an input or a constant.
        package var value: String
    }

    /// The path of the file.
    package let path: String
    /// The inputs that outputs depend on.
    package var inputs: [Input]
    /// The outputs.
    package var outputs: [Output]
    /// The nodes in topological order.
    package var nodes: [Node]
    /// The constants that nodes or outputs use, by name.
    package var constants: [String: ONNXConstant]
    /// The types of all values that remain, by name.
    package var types: [String: TensorType]

    /// Folds the graph of a model.
    ///
    /// Constants are computed as long as they stay within bounds of memory and time; what would not stays a node.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - inputShapes: The shapes of inputs by name; an input that the file declares with fixed sizes needs none.
    ///   - outputs: The names of the values that are wanted; the outputs of the file by default. Nodes that they do not
    ///     need are left out before anything is checked.
    ///   - constants: The values of inputs that do not change, by name.
    /// - Complexity: Proportional to the nodes and to the elements of the constants that are computed.
    /// - Throws: `RecError` with code `unsupportedONNX`, which lists all unsupported nodes, `invalidONNX` or
    ///   `corruptWeights`.
    package init(
        _ model: ONNXModel,
        inputShapes: [String: [Int]] = [:],
        outputs: [String]? = nil,
        constants: [String: Tensor] = [:]
    ) throws {
        var folding = GraphFolding(model)
        self = try folding.run(inputShapes, outputs ?? model.graph.outputs.map(\.name), constants)
    }

    /// A graph of its parts.
    init(
        path: String,
        inputs: [Input],
        outputs: [Output],
        nodes: [Node],
        constants: [String: ONNXConstant],
        types: [String: TensorType]
    ) {
        self.path = path
        self.inputs = inputs
        self.outputs = outputs
        self.nodes = nodes
        self.constants = constants
        self.types = types
    }

    /// Leaves out nodes, constants, types and inputs that no output needs.
    package mutating func removeUnused() {
        var used = Set(outputs.map(\.value))
        var kept: [Node] = []
        for node in nodes.reversed() where node.node.outputs.contains(where: { used.contains($0) }) {
            used.formUnion(node.node.inputs)
            kept.append(node)
        }
        nodes = kept.reversed()
        for index in nodes.indices {
            nodes[index].node.outputs = nodes[index].node.outputs.map { used.contains($0) ? $0 : "" }
        }
        constants = constants.filter { used.contains($0.key) }
        types = types.filter { used.contains($0.key) }
        inputs = inputs.filter { used.contains($0.name) }
    }

    /// Runs the nodes one after another with plain arithmetic.
    ///
    /// - Throws: `RecError` with code `invalidONNX` when an input is missing or has another type, or what an operator
    ///   throws.
    package func evaluate(_ given: [String: Tensor]) throws -> [Tensor] {
        var values: [String: Tensor] = [:]
        for input in inputs {
            guard let tensor = given[input.name], tensor.type == input.type else {
                throw RecError(
                    .invalidONNX,
                    path: path,
                    "The input '\(input.name)' must be \(input.type), not "
                        + "\(given[input.name]?.type.description ?? "none")."
                )
            }
            values[input.name] = tensor
        }
        func value(_ name: String) throws -> Tensor? {
            if name.isEmpty { return nil }
            if let value = values[name] { return value }
            guard let constant = constants[name] else {
                throw RecError(.invalidONNX, path: path, "There is no value '\(name)'.")
            }
            return try constant.load()
        }
        for node in nodes {
            let results = try node.operation.evaluate(try node.node.inputs.map(value))
            for (name, result) in zip(node.node.outputs, results) where !name.isEmpty { values[name] = result }
        }
        return try outputs.compactMap { try value($0.value) }
    }
}

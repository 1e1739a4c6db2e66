internal import RecCore

/// A graph for one size of its inputs: every shape is known, constants are computed, and nothing is left that no output
/// needs.
package struct FoldedGraph: Sendable {
    /// A node that runs.
    package struct Node: Sendable {
        /// The node of the file; its inputs and outputs name entries of ``FoldedGraph/types``.
        package var node: ONNXNode
        /// The operator with its attributes.
        package let operation: TensorOperation
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
    /// The types of all values and constants that remain, by name.
    package var types: [String: TensorType]
}

extension FoldedGraph {
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

    /// The node that computes each value, by the value's name.
    var producers: [String: Node] {
        var producers: [String: Node] = [:]
        for node in nodes {
            for name in node.node.outputs where !name.isEmpty { producers[name] = node }
        }
        return producers
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
        var values = GraphValues(path: path, constants: constants, computed: [:])
        for input in inputs {
            guard let tensor = given[input.name], tensor.type == input.type else {
                throw RecError(
                    .invalidONNX,
                    path: path,
                    "The input '\(input.name)' must be \(input.type), not "
                        + "\(given[input.name]?.type.description ?? "none")."
                )
            }
            values.computed[input.name] = tensor
        }
        for node in nodes { try values.run(node.node, node.operation) }
        return try outputs.compactMap { try values.value($0.value) }
    }
}

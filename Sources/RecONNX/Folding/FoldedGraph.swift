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
    }

    /// The path of the file.
    package let path: String
    /// The names of the inputs with their types.
    package let inputs: [(name: String, type: TensorType)]
    /// The names of the outputs. An output may be a constant or an input.
    package let outputs: [String]
    /// The nodes in topological order.
    package var nodes: [Node]
    /// The constants that nodes or outputs use, by name.
    package var constants: [String: ONNXConstant]
    /// The types of all values that remain, by name.
    package var types: [String: TensorType]
}

internal import RecCore

/// The values of a graph while its nodes run one after another, with plain arithmetic.
struct GraphValues {
    /// The path of the file.
    let path: String
    /// The constants of the graph by name.
    let constants: [String: ONNXConstant]
    /// The values that were given or computed so far, by name.
    var computed: [String: Tensor]

    /// A value or constant; `nil` for the name of an operand that is left out.
    ///
    /// - Throws: `RecError` with code `invalidONNX` when there is no such value, and the errors of reading a constant.
    func value(_ name: String) throws -> Tensor? {
        if name.isEmpty { return nil }
        if let value = computed[name] { return value }
        guard let constant = constants[name] else {
            throw RecError(.invalidONNX, path: path, "There is no value '\(name)'.")
        }
        return try constant.load()
    }

    /// Computes the outputs of a node.
    mutating func run(_ node: ONNXNode, _ operation: TensorOperation) throws {
        let results = try operation.evaluate(try node.inputs.map(value))
        for (name, result) in zip(node.outputs, results) where !name.isEmpty { computed[name] = result }
    }
}

/// What is known of an input of an operator before the graph runs.
package struct Operand: Sendable {
    /// Element type and shape.
    package let type: TensorType
    /// The value, when it is a constant.
    package let constant: ONNXConstant?

    /// Describes an input.
    package init(type: TensorType, constant: ONNXConstant? = nil) {
        self.type = type
        self.constant = constant
    }

    /// An input of which everything is known.
    package init(_ tensor: Tensor) {
        type = tensor.type
        constant = ONNXConstant(tensor)
    }
}

/// An operator with its attributes: the types of its outputs, and the outputs themselves.
///
/// It is the reference of the typed layers, folds constants, and runs where no layer fits.
package protocol TensorOperation: Sendable {
    /// Element types and shapes of the outputs, as many as the node has.
    ///
    /// - Parameter inputs: The inputs; `nil` stands for one that is left out.
    /// - Returns: The types.
    /// - Throws: `RecError` with code `invalidONNX` when the inputs do not fit the operator, `unsupportedONNX` when a
    ///   shape depends on a value that is not constant.
    func outputTypes(_ inputs: [Operand?]) throws -> [TensorType]

    /// The outputs, of the types that ``outputTypes(_:)`` gives for these inputs.
    func evaluate(_ inputs: [Tensor?]) throws -> [Tensor]

    /// A bound of the number of steps that ``evaluate(_:)`` takes.
    func work(_ inputs: [Operand?], _ outputs: [TensorType]) -> Double
}

extension TensorOperation {
    /// One step for each element that goes in or comes out.
    package func work(_ inputs: [Operand?], _ outputs: [TensorType]) -> Double {
        inputs.reduce(0) { $0 + Double($1?.type.count ?? 0) } + outputs.reduce(0) { $0 + Double($1.count) }
    }
}

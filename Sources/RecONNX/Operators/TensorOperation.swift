/// An operator with its attributes: it finds the types of its outputs, and computes them.
///
/// It is the reference of the typed layers, folds constants, and runs where no layer fits.
package struct TensorOperation: Sendable {
    /// The node, and the version of its operator's definition.
    let context: OperatorContext
    /// Finds the types of the outputs.
    let infer: @Sendable (Operands) throws -> [TensorType]
    /// Computes the outputs.
    let compute: @Sendable (Values) throws -> [Tensor]
    /// The steps of the computation, where there is more than one for each element.
    var steps: (@Sendable (Operands, [TensorType]) throws -> Double)?

    /// Element types and shapes of the outputs, as many as the node has.
    ///
    /// - Parameter inputs: The inputs; `nil` stands for one that is left out.
    /// - Returns: The types.
    /// - Throws: `RecError` with code `invalidONNX` when the inputs do not fit the operator, `unsupportedONNX` when a
    ///   shape depends on a value that is not constant, or an output is too large.
    package func outputTypes(_ inputs: [Operand?]) throws -> [TensorType] {
        let types = try infer(Operands(all: inputs, context: context))
        for type in types {
            guard type.isBounded() else {
                throw context.unsupported("an output has the shape \(type.shape), which is too large")
            }
        }
        return types
    }

    /// The outputs, of the types that ``outputTypes(_:)`` gives for these inputs.
    ///
    /// - Throws: What ``outputTypes(_:)`` throws, and `RecError` with code `invalidONNX` when numbers do not fit the
    ///   operator, such as an index outside of its axis.
    package func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
        let types = try outputTypes(inputs.map { $0.map { Operand($0) } })
        return try compute(Values(all: inputs, context: context, outputs: types))
    }

    /// A bound of the number of steps that ``evaluate(_:)`` takes, at least one for each element that goes in or comes
    /// out.
    package func work(_ inputs: [Operand?], _ outputs: [TensorType]) -> Double {
        let elements =
            inputs.reduce(0) { $0 + Double($1?.type.count ?? 0) } + outputs.reduce(0) { $0 + Double($1.count) }
        guard let steps, let more = try? steps(Operands(all: inputs, context: context), outputs) else {
            return elements
        }
        return max(elements, more)
    }
}

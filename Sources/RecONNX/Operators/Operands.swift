internal import RecCore
internal import RecNetwork

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

/// The inputs of a node while the types of its outputs are found.
struct Operands {
    let all: [Operand?]
    let context: OperatorContext

    /// The number of inputs, those at the end that are left out not counted.
    var count: Int { (all.lastIndex { $0 != nil } ?? -1) + 1 }

    /// The input at a position.
    func operand(_ index: Int) throws -> Operand {
        guard index < all.count, let operand = all[index] else {
            throw context.invalid("input \(index) is missing")
        }
        return operand
    }

    /// The type of the input at a position.
    func type(_ index: Int) throws -> TensorType { try operand(index).type }

    /// The shape of the input at a position.
    func shape(_ index: Int) throws -> [Int] { try operand(index).type.shape }

    /// Whether there is an input at a position.
    func has(_ index: Int) -> Bool { index < all.count && all[index] != nil }

    /// The integers of a constant input, clamped to 32 bits.
    func integers(_ index: Int) throws -> [Int] {
        let operand = try operand(index)
        guard let constant = operand.constant else {
            throw RecError(
                .unsupportedONNX,
                "The node '\(context.node.name)' (\(context.node.operatorType)) has a shape that depends on the "
                    + "picture: its input '\(context.node.inputs[index])' is not constant."
            )
        }
        guard constant.type.count <= ONNXLimits.shapeElementCount else {
            throw context.invalid("input \(index) has too many elements")
        }
        return try constant.load().integers.map(OperatorContext.clamped)
    }

    /// One integer of a constant input.
    func integer(_ index: Int) throws -> Int {
        guard let first = try integers(index).first else { throw context.invalid("input \(index) is empty") }
        return first
    }

    /// The numbers of a constant input.
    func numbers(_ index: Int) throws -> [Double] {
        let operand = try operand(index)
        guard let constant = operand.constant, constant.type.count <= ONNXLimits.shapeElementCount else {
            throw context.unsupported("its input '\(context.node.inputs[index])' is not constant")
        }
        return try constant.load().doubles
    }

    /// Checks that two inputs have the same element type.
    func sameType(_ first: Int = 0, _ second: Int = 1) throws -> ElementType {
        let type = try type(first).elementType
        guard try self.type(second).elementType == type else {
            throw context.invalid(
                "inputs \(first) and \(second) have the types \(type) and \(try self.type(second).elementType)"
            )
        }
        return type
    }
}

/// The inputs of a node while it is evaluated, and the types of its outputs.
struct Values {
    let all: [Tensor?]
    let context: OperatorContext
    let outputs: [TensorType]

    /// The input at a position.
    subscript(_ index: Int) -> Tensor {
        get throws {
            guard index < all.count, let tensor = all[index] else {
                throw context.invalid("input \(index) is missing")
            }
            return tensor
        }
    }

    /// The input at a position, if there is one.
    func optional(_ index: Int) -> Tensor? { index < all.count ? all[index] : nil }

    /// The type of the first output.
    var type: TensorType { outputs[0] }

    /// A result as first output.
    func result(_ values: [Double]) -> [Tensor] { [Tensor(values, outputs[0])] }

    /// What constant inputs say, in the form in which types are found.
    var operands: Operands { Operands(all: all.map { $0.map { Operand($0) } }, context: context) }
}

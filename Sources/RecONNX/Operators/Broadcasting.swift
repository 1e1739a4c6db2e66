internal import RecNetwork

/// Operators on tensors that broadcast to one shape.
enum Broadcasting {
    /// The shape of the output of two inputs.
    ///
    /// Before version 7 only the second input is stretched: along the axes from `axis` on, or the last ones.
    static func shape(_ operands: Operands, legacy: Bool) throws -> [Int] {
        let first = try operands.shape(0)
        var second = try operands.shape(1)
        if legacy { second = try legacyShape(second, in: first, operands.context) }
        guard let shape = Indices.broadcast([first, second]) else {
            throw operands.context.invalid("the shapes \(first) and \(try operands.shape(1)) do not broadcast")
        }
        return shape
    }

    /// The second input's shape with the dimensions behind it that the attribute `axis` implies.
    private static func legacyShape(_ shape: [Int], in target: [Int], _ context: OperatorContext) throws -> [Int] {
        guard let axis = try context.integer("axis") else { return shape }
        let start = axis < 0 ? axis + target.count : axis
        guard start >= 0, start + shape.count <= target.count else {
            throw context.invalid("axis \(axis) does not fit the shapes \(target) and \(shape)")
        }
        return shape + [Int](repeating: 1, count: target.count - start - shape.count)
    }

    /// Two inputs with their places in the output.
    static func pairs(_ values: Values, legacy: Bool) throws -> (first: Tensor, second: Tensor) {
        let first = try values[0]
        var second = try values[1]
        if legacy { second = second.reshaped(try legacyShape(second.shape, in: first.shape, values.context)) }
        return (try stretch(first, values), try stretch(second, values))
    }

    /// A tensor stretched to the shape of the output.
    static func stretch(_ tensor: Tensor, _ values: Values) throws -> Tensor {
        guard let places = Indices.places(tensor.shape, in: values.type.shape) else { return tensor }
        return tensor.picking(places, shape: values.type.shape)
    }
}

internal import RecNetwork

/// Tensors made of a few numbers.
enum GenerationOperators {
    static let table: [OperatorEntry] = [
        OperatorEntry("ConstantOfShape", [9, 20, 21, 23, 24, 25]) { context in
            let value = try filling(context)
            return TensorOperation(
                context: context,
                infer: { operands in
                    let shape = try operands.integers(0)
                    guard shape.allSatisfy({ $0 >= 0 }) else { throw context.invalid("the shape \(shape) is negative") }
                    return [TensorType(value.elementType, shape)]
                },
                compute: { [value.repeated(shape: $0.type.shape)] }
            )
        },
        OperatorEntry("Range", [11, 27], range),
        OperatorEntry("OneHot", [9, 11, 28], oneHot),
        OperatorEntry("Trilu", [14], triangle),
        OperatorEntry("EyeLike", [9, 22]) { context in
            let diagonal = try context.integer("k", 0)
            let wanted = try context.integer("dtype").flatMap { ElementType(onnx: $0) }
            return TensorOperation(
                context: context,
                infer: { operands in
                    let input = try operands.type(0)
                    guard input.rank == 2 else { throw context.invalid("the input is not a matrix") }
                    return [TensorType(wanted ?? input.elementType, input.shape)]
                },
                compute: { values in
                    let columns = values.type.shape[1]
                    let places = 0..<values.type.count
                    return values.result(places.map { $0 % columns - $0 / columns == diagonal ? 1 : 0 })
                }
            )
        },
    ]

    /// The one element that a `ConstantOfShape` repeats: zero as float unless the node has another.
    static func filling(_ context: OperatorContext) throws -> Tensor {
        guard case .tensor(let constant) = context.node.attributes["value"] else { return Tensor([0], shape: [1]) }
        guard constant.type.count == 1 else { throw context.invalid("the value does not have one element") }
        return try constant.load().reshaped([1])
    }

    @Sendable
    private static func range(_ context: OperatorContext) throws -> TensorOperation {
        TensorOperation(
            context: context,
            infer: { operands in
                let type = try operands.sameType()
                let values = try (0..<3).map { try operands.numbers($0).first ?? 0 }
                let count = ((values[1] - values[0]) / values[2]).rounded(.up)
                guard values[2] != 0, count.isFinite, count <= Double(OperatorContext.bound) else {
                    throw context.invalid("the range has no end")
                }
                return [TensorType(type, [Int(max(0, count))])]
            },
            compute: { values in
                let count = values.type.count
                let start = try values[0]
                let step = try values[2]
                guard start.elementType.isFloatingPoint else {
                    let (first, delta) = (start.integers[0], step.integers[0])
                    return [Tensor((0..<count).map { first &+ Int64($0) &* delta }, values.type)]
                }
                let (first, delta) = (start.doubles[0], step.doubles[0])
                return values.result((0..<count).map { first + Double($0) * delta })
            }
        )
    }

    @Sendable
    private static func oneHot(_ context: OperatorContext) throws -> TensorOperation {
        let attribute = try context.integer("axis", -1)
        return TensorOperation(
            context: context,
            infer: { operands in
                let indices = try operands.shape(0)
                let depth = try operands.integer(1)
                let axis = try context.axis(attribute, rank: indices.count, inclusive: true)
                guard depth >= 0, try operands.type(2).count == 2 else {
                    throw context.invalid("depth or values are wrong")
                }
                return [TensorType(try operands.type(2).elementType, indices[..<axis] + [depth] + indices[axis...])]
            },
            compute: { values in
                let indices = try values[0]
                let shape = values.type.shape
                let axis = try context.axis(attribute, rank: indices.type.rank, inclusive: true)
                let (outer, depth, inner) = Indices.split(shape, at: axis)
                let numbers = indices.doubles
                var places = [Int](repeating: 0, count: values.type.count)
                for row in 0..<outer {
                    for column in 0..<inner {
                        let number = numbers[row * inner + column].rounded(.towardZero)
                        let index = number < 0 ? number + Double(depth) : number
                        guard index >= 0, index < Double(depth) else { continue }
                        places[(row * depth + Int(index)) * inner + column] = 1
                    }
                }
                return [try values[2].picking(places, shape: shape)]
            }
        )
    }

    /// The upper or lower triangle of matrices; the rest is zero.
    @Sendable
    private static func triangle(_ context: OperatorContext) throws -> TensorOperation {
        let isUpper = try context.flag("upper", true)
        return TensorOperation(
            context: context,
            infer: { operands in
                let input = try operands.type(0)
                guard input.rank >= 2 else { throw context.invalid("the input is not a matrix") }
                return [input]
            },
            compute: { values in
                let input = try values[0]
                let diagonal = OperatorContext.clamped(values.optional(1)?.integers.first ?? 0)
                let (rows, columns) = (input.shape[input.shape.count - 2], input.shape[input.shape.count - 1])
                let places = (0..<input.count).map { place in
                    let offset = place % columns - place / columns % rows - diagonal
                    return (isUpper ? offset >= 0 : offset <= 0) ? place : -1
                }
                return [input.picking(places, shape: input.shape)]
            }
        )
    }
}

internal import RecNetwork

/// Numbers as small integers with a scale, and back.
enum QuantizationOperators {
    static let table: [OperatorEntry] = [
        OperatorEntry("QuantizeLinear", [10, 13, 19, 21, 23, 24, 25], quantize),
        OperatorEntry("DequantizeLinear", [10, 13, 19, 21, 23, 24, 25], dequantize),
    ]

    /// The places in the scale that belong to the elements of a tensor: one for all, one for each index of an axis, or
    /// one for each block.
    private static func places(_ shape: [Int], _ scale: [Int], _ context: OperatorContext) throws -> [Int] {
        let count = shape.reduce(1, *)
        let block = try context.integer("block_size", 0)
        if scale.reduce(1, *) == 1 { return [Int](repeating: 0, count: count) }
        let axis = try context.axis(try context.integer("axis", 1), rank: shape.count)
        let (_, length, inner) = Indices.split(shape, at: axis)
        if scale.count == 1 {
            guard scale[0] == length else { throw context.invalid("the scale does not fit axis \(axis)") }
            return (0..<count).map { $0 / inner % length }
        }
        var expected = shape
        expected[axis] = scale.count == shape.count ? scale[axis] : 0
        guard block > 0, scale == expected, (length + block - 1) / block == scale[axis] else {
            throw context.invalid("the scale of shape \(scale) does not fit blocks of \(block)")
        }
        return (0..<count).map { place in
            let (outer, index) = (place / (inner * length), place / inner % length)
            return (outer * scale[axis] + index / block) * inner + place % inner
        }
    }

    private static func bounds(_ type: ElementType) -> ClosedRange<Double>? {
        switch type {
        case .int8: -128...127
        case .uint8: 0...255
        case .int16: -32768...32767
        case .uint16: 0...65535
        case .int32: -2_147_483_648...2_147_483_647
        default: nil
        }
    }

    @Sendable
    private static func quantize(_ context: OperatorContext) throws -> TensorOperation {
        let wanted = try context.integer("output_dtype").flatMap { ElementType(onnx: $0) }
        return TensorOperation(
            context: context,
            infer: { operands in
                let shape = try operands.shape(0)
                _ = try places(shape, try operands.shape(1), context)
                let type = operands.has(2) ? try operands.type(2).elementType : wanted ?? .uint8
                guard bounds(type) != nil else { throw context.unsupported("it quantises to \(type)") }
                return [TensorType(type, shape)]
            },
            compute: { values in
                let (input, scale) = (try values[0], try values[1])
                let places = try places(input.shape, scale.shape, context)
                let scales = scale.doubles
                let zeros = values.optional(2)?.doubles
                let bounds = bounds(values.type.elementType) ?? 0...0
                let result = zip(input.doubles, places).map { value, place in
                    let steps = Double(Float(value / scales[place])).rounded(.toNearestOrEven) + (zeros?[place] ?? 0)
                    return steps.isNaN ? 0 : min(max(steps, bounds.lowerBound), bounds.upperBound)
                }
                return values.result(result)
            }
        )
    }

    @Sendable
    private static func dequantize(_ context: OperatorContext) throws -> TensorOperation {
        let wanted = try context.integer("output_dtype").flatMap { ElementType(onnx: $0) }
        return TensorOperation(
            context: context,
            infer: { operands in
                let shape = try operands.shape(0)
                _ = try places(shape, try operands.shape(1), context)
                return [TensorType(try wanted ?? operands.type(1).elementType, shape)]
            },
            compute: { values in
                let (input, scale) = (try values[0], try values[1])
                let places = try places(input.shape, scale.shape, context)
                let scales = scale.doubles
                let zeros = values.optional(2)?.doubles
                return values.result(zip(input.doubles, places).map { ($0 - (zeros?[$1] ?? 0)) * scales[$1] })
            }
        )
    }
}

internal import RecNetwork

/// Changes of the element type.
enum CastOperators {
    static let table: [OperatorEntry] = [
        OperatorEntry("Cast", [1, 6, 9, 13, 19, 21, 23, 24, 25, 28]) { context in
            let target = try target(context)
            return TensorOperation(context: context, infer: { [TensorType(target, try $0.shape(0))] }, compute: convert)
        },
        OperatorEntry("CastLike", [15, 19, 21, 23, 24, 25]) { context in
            TensorOperation(
                context: context,
                infer: { [TensorType(try $0.type(1).elementType, try $0.shape(0))] },
                compute: convert
            )
        },
    ]

    /// The element type that the attribute `to` names, in version 1 as a text.
    private static func target(_ context: OperatorContext) throws -> ElementType {
        var number = 0
        if case .text(let name) = context.node.attributes["to"] {
            let names = [
                "FLOAT": 1, "UINT8": 2, "INT8": 3, "UINT16": 4, "INT16": 5, "INT32": 6, "INT64": 7, "BOOL": 9,
                "FLOAT16": 10, "DOUBLE": 11, "UINT32": 12, "UINT64": 13,
            ]
            number = names[name] ?? 0
        } else {
            number = try context.integer("to", 0)
        }
        guard let type = ElementType(onnx: number) else {
            throw context.unsupported("it casts to element type \(number); export in FLOAT")
        }
        return type
    }

    @Sendable
    private static func convert(_ values: Values) throws -> [Tensor] {
        let input = try values[0]
        if input.type == values.type { return [input] }
        if case .integers(let numbers) = input.elements {
            if input.elementType == .uint64, values.type.elementType.isFloatingPoint {
                return values.result(numbers.map { Double(UInt64(bitPattern: $0)) })
            }
            return [Tensor(numbers, values.type)]
        }
        return values.result(input.doubles)
    }
}

internal import RecNetwork

/// Comparisons, operators on truths, and the choice between two tensors.
enum ComparisonOperators {
    static let table: [OperatorEntry] = [
        comparison("Equal", [1, 7, 11, 13, 19], { $0 == $1 }, { $0 == $1 }),
        comparison("Greater", [1, 7, 9, 13], { $0 > $1 }, { $0 > $1 }),
        comparison("Less", [1, 7, 9, 13], { $0 < $1 }, { $0 < $1 }),
        comparison("GreaterOrEqual", [12, 16], { $0 >= $1 }, { $0 >= $1 }),
        comparison("LessOrEqual", [12, 16], { $0 <= $1 }, { $0 <= $1 }),
        comparison("And", [1, 7], { $0 != 0 && $1 != 0 }, { $0 != 0 && $1 != 0 }),
        comparison("Or", [1, 7], { $0 != 0 || $1 != 0 }, { $0 != 0 || $1 != 0 }),
        comparison("Xor", [1, 7], { ($0 != 0) != ($1 != 0) }, { ($0 != 0) != ($1 != 0) }),
        test("Not", [1]) { $0 == 0 },
        test("IsNaN", [9, 13, 20]) { $0.isNaN },
        OperatorEntry("IsInf", [10, 20]) { context in
            let negative = try context.flag("detect_negative", true)
            let positive = try context.flag("detect_positive", true)
            return operation(context) { $0.isInfinite && ($0 < 0 ? negative : positive) }
        },
        OperatorEntry("Where", [9, 16], choice),
    ]

    private static func comparison(
        _ name: String,
        _ versions: [Int],
        _ function: @escaping @Sendable (Double, Double) -> Bool,
        _ whole: @escaping @Sendable (Int64, Int64) -> Bool
    ) -> OperatorEntry {
        OperatorEntry(name, versions) { context in
            let legacy = context.version < 7
            return TensorOperation(
                context: context,
                infer: { operands in
                    _ = try operands.sameType()
                    return [TensorType(.bool, try Broadcasting.shape(operands, legacy: legacy))]
                },
                compute: { values in
                    let (first, second) = try Broadcasting.pairs(values, legacy: legacy)
                    if first.elementType.isFloatingPoint {
                        return values.result(zip(first.doubles, second.doubles).map { function($0, $1) ? 1 : 0 })
                    }
                    // The order of unsigned numbers of 64 bits is that of signed ones with the upper bit turned; truths
                    // are no such numbers.
                    let turn: Int64 = first.elementType == .uint64 ? .min : 0
                    let result = zip(first.integers, second.integers).map { whole($0 ^ turn, $1 ^ turn) ? Int64(1) : 0 }
                    return [Tensor(result, values.type)]
                }
            )
        }
    }

    private static func test(
        _ name: String,
        _ versions: [Int],
        _ function: @escaping @Sendable (Double) -> Bool
    ) -> OperatorEntry {
        OperatorEntry(name, versions) { operation($0, function) }
    }

    private static func operation(
        _ context: OperatorContext,
        _ function: @escaping @Sendable (Double) -> Bool
    ) -> TensorOperation {
        TensorOperation(context: context, infer: { [TensorType(.bool, try $0.shape(0))] }) { values in
            values.result(try values[0].doubles.map { function($0) ? 1 : 0 })
        }
    }

    @Sendable
    private static func choice(_ context: OperatorContext) throws -> TensorOperation {
        TensorOperation(
            context: context,
            infer: { operands in
                let elementType = try operands.sameType(1, 2)
                let shapes = [try operands.shape(0), try operands.shape(1), try operands.shape(2)]
                guard let shape = Indices.broadcast(shapes) else {
                    throw context.invalid("the shapes \(shapes) do not broadcast")
                }
                return [TensorType(elementType, shape)]
            },
            compute: { values in
                let condition = try Broadcasting.stretch(try values[0], values).integers
                let first = try Broadcasting.stretch(try values[1], values)
                let second = try Broadcasting.stretch(try values[2], values)
                guard first.elementType.isFloatingPoint else {
                    let chosen = zip(condition, zip(first.integers, second.integers)).map { $0 != 0 ? $1.0 : $1.1 }
                    return [Tensor(chosen, values.type)]
                }
                return values.result(zip(condition, zip(first.doubles, second.doubles)).map { $0 != 0 ? $1.0 : $1.1 })
            }
        )
    }
}

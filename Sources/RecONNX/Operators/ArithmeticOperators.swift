internal import Foundation
internal import RecNetwork

/// Sums, products and the like of tensors that broadcast.
enum ArithmeticOperators {
    static let table: [OperatorEntry] = [
        binary("Add", [1, 6, 7, 13, 14], { $0 + $1 }, { $0 &+ $1 }),
        binary("Sub", [1, 6, 7, 13, 14], { $0 - $1 }, { $0 &- $1 }),
        binary("Mul", [1, 6, 7, 13, 14], { $0 * $1 }, { $0 &* $1 }),
        binary("Div", [1, 6, 7, 13, 14], { $0 / $1 }, quotient),
        OperatorEntry("Mod", [10, 13, 28], modulo),
        OperatorEntry("Pow", [1, 7, 12, 13, 15], power),
        OperatorEntry("PRelu", [1, 6, 7, 9, 16], parametricRelu),
        OperatorEntry("Clip", [1, 6, 11, 12, 13], clip),
        variadic("Sum", { $0 + $1 }, { $0 &+ $1 }),
        variadic("Mean", { $0 + $1 }, { $0 &+ $1 }, isMean: true),
        variadic("Max", greater, { max($0, $1) }, versions: [1, 6, 8, 12, 13]),
        variadic("Min", lesser, { min($0, $1) }, versions: [1, 6, 8, 12, 13]),
    ]

    private static func binary(
        _ name: String,
        _ versions: [Int],
        _ function: @escaping @Sendable (Double, Double) -> Double,
        _ whole: @escaping @Sendable (Int64, Int64) -> Int64
    ) -> OperatorEntry {
        OperatorEntry(name, versions) { context in
            let legacy = context.version < 7
            return TensorOperation(
                context: context,
                infer: { [TensorType(try $0.sameType(), try Broadcasting.shape($0, legacy: legacy))] },
                compute: { values in
                    let (first, second) = try Broadcasting.pairs(values, legacy: legacy)
                    return [combine(first, second, function, whole)]
                }
            )
        }
    }

    /// Combines the elements of two tensors of one shape and type.
    static func combine(
        _ first: Tensor,
        _ second: Tensor,
        _ function: (Double, Double) -> Double,
        _ whole: (Int64, Int64) -> Int64
    ) -> Tensor {
        guard first.elementType.isFloatingPoint else {
            return Tensor(zip(first.integers, second.integers).map(whole), first.type)
        }
        return Tensor(zip(first.doubles, second.doubles).map(function), first.type)
    }

    @Sendable
    private static func quotient(_ first: Int64, _ second: Int64) -> Int64 {
        second == 0 ? 0 : second == -1 ? 0 &- first : first / second
    }

    @Sendable
    static func greater(_ first: Double, _ second: Double) -> Double {
        first.isNaN || second.isNaN ? .nan : max(first, second)
    }

    @Sendable
    static func lesser(_ first: Double, _ second: Double) -> Double {
        first.isNaN || second.isNaN ? .nan : min(first, second)
    }

    /// The remainder with the sign of the divisor, or with `fmod` that of the dividend.
    @Sendable
    private static func modulo(_ context: OperatorContext) throws -> TensorOperation {
        let likeC = try context.flag("fmod")
        return TensorOperation(
            context: context,
            infer: { [TensorType(try $0.sameType(), try Broadcasting.shape($0, legacy: false))] },
            compute: { values in
                let (first, second) = try Broadcasting.pairs(values, legacy: false)
                let result = combine(first, second) { one, other in
                    let rest = fmod(one, other)
                    return !likeC && rest != 0 && (rest < 0) != (other < 0) ? rest + other : rest
                } _: { one, other in
                    guard other != 0, other != -1 else { return 0 }
                    let rest = one % other
                    return !likeC && rest != 0 && (rest < 0) != (other < 0) ? rest + other : rest
                }
                return [result]
            }
        )
    }

    @Sendable
    private static func power(_ context: OperatorContext) throws -> TensorOperation {
        let legacy = context.version < 7
        return TensorOperation(
            context: context,
            infer: { [TensorType(try $0.type(0).elementType, try Broadcasting.shape($0, legacy: legacy))] },
            compute: { values in
                let (base, exponent) = try Broadcasting.pairs(values, legacy: legacy)
                if base.elementType.isFloatingPoint || exponent.elementType.isFloatingPoint {
                    return values.result(zip(base.doubles, exponent.doubles).map { pow($0, $1) })
                }
                return [Tensor(zip(base.integers, exponent.integers).map(wholePower), base.type)]
            }
        )
    }

    /// A power of integers that wraps around.
    private static func wholePower(_ base: Int64, _ exponent: Int64) -> Int64 {
        guard exponent >= 0 else { return base == 1 ? 1 : base == -1 ? (exponent & 1 == 0 ? 1 : -1) : 0 }
        var result: Int64 = 1
        var square = base
        var rest = exponent
        while rest > 0 {
            if rest & 1 == 1 { result = result &* square }
            square = square &* square
            rest >>= 1
        }
        return result
    }

    /// A slope for each channel, or as the second input broadcasts.
    @Sendable
    private static func parametricRelu(_ context: OperatorContext) throws -> TensorOperation {
        @Sendable
        func slopeShape(_ shape: [Int], _ input: [Int]) -> [Int] {
            guard context.version < 7, shape.count == 1, input.count > 1 else { return shape }
            return shape + [Int](repeating: 1, count: input.count - 2)
        }
        return TensorOperation(
            context: context,
            infer: { operands in
                let input = try operands.type(0)
                guard Indices.broadcast([input.shape, slopeShape(try operands.shape(1), input.shape)]) == input.shape
                else { throw context.invalid("the slope does not fit the input") }
                return [input]
            },
            compute: { values in
                let input = try values[0]
                let slope = try values[1]
                let stretched = try Broadcasting.stretch(slope.reshaped(slopeShape(slope.shape, input.shape)), values)
                return [combine(input, stretched, { $0 < 0 ? $0 * $1 : $0 }, { $0 < 0 ? $0 &* $1 : $0 })]
            }
        )
    }

    @Sendable
    private static func clip(_ context: OperatorContext) throws -> TensorOperation {
        let low = context.version < 11 ? try context.number("min") : nil
        let high = context.version < 11 ? try context.number("max") : nil
        return TensorOperation(context: context, infer: { [try $0.type(0)] }) { values in
            let input = try values[0]
            let bounds = context.version < 11 ? [] : [values.optional(1), values.optional(2)]
            for case let bound? in bounds where bound.count != 1 { throw context.invalid("a bound is not a scalar") }
            guard input.elementType.isFloatingPoint else {
                let least = bounds.first.flatMap { $0?.integers[0] } ?? .min
                let most = bounds.last.flatMap { $0?.integers[0] } ?? .max
                return [Tensor(input.integers.map { min(max($0, least), most) }, input.type)]
            }
            let least = bounds.first.flatMap { $0?.doubles[0] } ?? low ?? -.infinity
            let most = bounds.last.flatMap { $0?.doubles[0] } ?? high ?? .infinity
            return values.result(input.doubles.map { $0.isNaN ? $0 : min(max($0, least), most) })
        }
    }

    private static func variadic(
        _ name: String,
        _ function: @escaping @Sendable (Double, Double) -> Double,
        _ whole: @escaping @Sendable (Int64, Int64) -> Int64,
        isMean: Bool = false,
        versions: [Int] = [1, 6, 8, 13]
    ) -> OperatorEntry {
        OperatorEntry(name, versions) { context in
            TensorOperation(
                context: context,
                infer: { operands in
                    let first = try operands.type(0)
                    let types = try operands.all.indices.map { try operands.type($0) }
                    guard types.allSatisfy({ $0.elementType == first.elementType }),
                        let shape = Indices.broadcast(types.map(\.shape))
                    else { throw context.invalid("the inputs do not fit each other") }
                    return [TensorType(first.elementType, shape)]
                },
                compute: { values in
                    let inputs = try values.all.indices.map { try Broadcasting.stretch(try values[$0], values) }
                    guard values.type.elementType.isFloatingPoint else {
                        let sum = inputs.dropFirst().reduce(inputs[0].integers) { zip($0, $1.integers).map(whole) }
                        let count = Int64(inputs.count)
                        return [Tensor(isMean ? sum.map { $0 / count } : sum, values.type)]
                    }
                    let sum = inputs.dropFirst().reduce(inputs[0].doubles) { zip($0, $1.doubles).map(function) }
                    return values.result(isMean ? sum.map { $0 / Double(inputs.count) } : sum)
                }
            )
        }
    }
}

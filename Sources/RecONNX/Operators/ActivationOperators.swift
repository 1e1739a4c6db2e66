internal import Foundation
internal import RecNetwork

/// Functions of one number: activations and elementary functions.
enum ActivationOperators {
    static let table: [OperatorEntry] = activations + functions

    private static let activations: [OperatorEntry] = [
        unary("Relu", [1, 6, 13, 14]) { _ in { $0 < 0 ? 0 : $0 } },
        unary("LeakyRelu", [1, 6, 16]) { context in
            let slope = try context.number("alpha", 0.01)
            return { $0 < 0 ? slope * $0 : $0 }
        },
        unary("ThresholdedRelu", [10, 22]) { context in
            let threshold = try context.number("alpha", 1)
            return { $0 > threshold ? $0 : 0 }
        },
        unary("Elu", [1, 6, 22]) { context in
            let alpha = try context.number("alpha", 1)
            return { $0 < 0 ? alpha * expm1($0) : $0 }
        },
        unary("Selu", [1, 6, 22]) { context in
            let alpha = try context.number("alpha", context.version == 1 ? 1.6732 : 1.67326319217681884765625)
            let gamma = try context.number("gamma", context.version == 1 ? 1.0507 : 1.05070102214813232421875)
            return { gamma * ($0 < 0 ? alpha * expm1($0) : $0) }
        },
        unary("Celu", [12, 28]) { context in
            let alpha = try context.number("alpha", 1)
            return { $0 < 0 ? alpha * expm1($0 / alpha) : $0 }
        },
        unary("Sigmoid", [1, 6, 13]) { _ in sigmoid },
        unary("HardSigmoid", [1, 6, 22]) { context in
            let alpha = try context.number("alpha", 0.2)
            let beta = try context.number("beta", 0.5)
            return { clamp(alpha * $0 + beta, 0, 1) }
        },
        unary("HardSwish", [14, 22]) { _ in { $0 * clamp($0 / 6 + 0.5, 0, 1) } },
        unary("Swish", [24]) { context in
            let alpha = try context.number("alpha", 1)
            return { $0 * sigmoid(alpha * $0) }
        },
        unary("Mish", [18, 22]) { _ in { $0 * tanh(softplus($0)) } },
        unary("Softplus", [1, 22]) { _ in softplus },
        unary("Softsign", [1, 22]) { _ in { $0 / (1 + abs($0)) } },
        unary("Shrink", [9]) { context in
            let bias = try context.number("bias", 0)
            let limit = try context.number("lambd", 0.5)
            return { $0 < -limit ? $0 + bias : $0 > limit ? $0 - bias : 0 }
        },
        unary("Gelu", [20]) { context in
            switch try context.text("approximate", "none") {
            case "none": return { 0.5 * $0 * erfc(-$0 * 0.5.squareRoot()) }
            case "tanh":
                let factor = (2 / Double.pi).squareRoot()
                return { 0.5 * $0 * (1 + tanh(factor * ($0 + 0.044715 * $0 * $0 * $0))) }
            default: throw context.invalid("the attribute 'approximate' is neither 'none' nor 'tanh'")
            }
        },
        unary("Tanh", [1, 6, 13]) { _ in tanh },
        unary("Erf", [9, 13]) { _ in erf },
    ]

    private static let functions: [OperatorEntry] = [
        unary("Sqrt", [1, 6, 13]) { _ in { $0.squareRoot() } },
        unary("Exp", [1, 6, 13]) { _ in exp },
        unary("Log", [1, 6, 13]) { _ in log },
        unary("Sin", [7, 22]) { _ in sin },
        unary("Cos", [7, 22]) { _ in cos },
        unary("Tan", [7, 22]) { _ in tan },
        unary("Asin", [7, 22]) { _ in asin },
        unary("Acos", [7, 22]) { _ in acos },
        unary("Atan", [7, 22]) { _ in atan },
        unary("Sinh", [9, 22]) { _ in sinh },
        unary("Cosh", [9, 22]) { _ in cosh },
        unary("Asinh", [9, 22]) { _ in asinh },
        unary("Acosh", [9, 22]) { _ in acosh },
        unary("Atanh", [9, 22]) { _ in atanh },
        unary("Reciprocal", [1, 6, 13]) { _ in { 1 / $0 } },
        unary("Floor", [1, 6, 13]) { _ in { $0.rounded(.down) } },
        unary("Ceil", [1, 6, 13]) { _ in { $0.rounded(.up) } },
        unary("Round", [11, 22]) { _ in { $0.rounded(.toNearestOrEven) } },
        integerUnary("Abs", [1, 6, 13], { abs($0) }, { $0 < 0 ? 0 &- $0 : $0 }),
        integerUnary("Neg", [1, 6, 13], { -$0 }, { 0 &- $0 }),
        integerUnary("Sign", [9, 13], { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }, { $0.signum() }),
    ]

    /// An operator whose function depends on attributes.
    private static func unary(
        _ name: String,
        _ versions: [Int],
        _ make: @escaping @Sendable (OperatorContext) throws -> @Sendable (Double) -> Double
    ) -> OperatorEntry {
        OperatorEntry(name, versions) { context in
            let function = try make(context)
            return TensorOperation(context: context, infer: { [try $0.type(0)] }) { values in
                values.result(try values[0].doubles.map(function))
            }
        }
    }

    /// An operator that computes integers exactly.
    private static func integerUnary(
        _ name: String,
        _ versions: [Int],
        _ function: @escaping @Sendable (Double) -> Double,
        _ whole: @escaping @Sendable (Int64) -> Int64
    ) -> OperatorEntry {
        OperatorEntry(name, versions) { context in
            TensorOperation(context: context, infer: { [try $0.type(0)] }) { values in
                let input = try values[0]
                guard input.elementType.isFloatingPoint else {
                    return [Tensor(input.integers.map(whole), input.type)]
                }
                return values.result(input.doubles.map(function))
            }
        }
    }

    @Sendable
    static func sigmoid(_ value: Double) -> Double {
        if value >= 0 { return 1 / (1 + exp(-value)) }
        let power = exp(value)
        return power / (1 + power)
    }

    @Sendable
    private static func softplus(_ value: Double) -> Double { max(value, 0) + log1p(exp(-abs(value))) }

    private static func clamp(_ value: Double, _ low: Double, _ high: Double) -> Double {
        value.isNaN ? value : min(max(value, low), high)
    }
}

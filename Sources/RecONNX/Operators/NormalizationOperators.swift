internal import Foundation
internal import RecNetwork

/// Normalisations by means, variances and norms.
enum NormalizationOperators {
    static let table: [OperatorEntry] = [
        OperatorEntry("BatchNormalization", [1, 6, 7, 9, 14, 15], batch),
        OperatorEntry("InstanceNormalization", [1, 6, 22], instance),
        OperatorEntry("GroupNormalization", [18, 21], group),
        OperatorEntry("LayerNormalization", [17]) { try layer($0, centres: true) },
        OperatorEntry("RMSNormalization", [23]) { try layer($0, centres: false) },
        OperatorEntry("MeanVarianceNormalization", [9, 13], meanVariance),
        OperatorEntry("LpNormalization", [1, 22], norm),
        OperatorEntry("LRN", [1, 13], localResponse),
    ]

    @Sendable
    private static func batch(_ context: OperatorContext) throws -> TensorOperation {
        let epsilon = try context.number("epsilon", 1e-5)
        guard try !context.flag("training_mode"), try context.version >= 9 || context.flag("spatial", true),
            context.node.outputCount <= 1 || context.version < 14
        else { throw context.unsupported("it is in training") }
        return TensorOperation(
            context: context,
            infer: { operands in
                let input = try operands.type(0)
                guard input.rank >= 2 else { throw context.invalid("the input has no channels") }
                for index in 1...4 where try operands.type(index).count != input.shape[1] {
                    throw context.invalid("input \(index) does not have one number per channel")
                }
                return [input]
            },
            compute: { values in
                let input = try values[0]
                let (scale, bias) = (try values[1].doubles, try values[2].doubles)
                let (mean, variance) = (try values[3].doubles, try values[4].doubles)
                let (_, channels, inner) = Indices.split(input.shape, at: 1)
                let factors = scale.indices.map { scale[$0] / (variance[$0] + epsilon).squareRoot() }
                var result = input.doubles
                for place in result.indices {
                    let channel = place / inner % channels
                    result[place] = (result[place] - mean[channel]) * factors[channel] + bias[channel]
                }
                return values.result(result)
            }
        )
    }

    @Sendable
    private static func instance(_ context: OperatorContext) throws -> TensorOperation {
        let epsilon = try context.number("epsilon", 1e-5)
        return TensorOperation(
            context: context,
            infer: { operands in
                let input = try operands.type(0)
                guard input.rank >= 2, try operands.type(1).count == input.shape[1],
                    try operands.type(2).count == input.shape[1]
                else { throw context.invalid("scale and bias do not have one number per channel") }
                return [input]
            },
            compute: { values in
                let input = try values[0]
                let (scale, bias) = (try values[1].doubles, try values[2].doubles)
                return values.result(groups(input, count: input.shape[1], epsilon, scale, bias))
            }
        )
    }

    @Sendable
    private static func group(_ context: OperatorContext) throws -> TensorOperation {
        let epsilon = try context.number("epsilon", 1e-5)
        let count = try context.integer("num_groups", 0)
        return TensorOperation(
            context: context,
            infer: { operands in
                let input = try operands.type(0)
                guard input.rank >= 2, count > 0, input.shape[1].isMultiple(of: count) else {
                    throw context.invalid("the channels do not make up \(count) groups")
                }
                let expected = context.version < 21 ? count : input.shape[1]
                guard try operands.type(1).count == expected, try operands.type(2).count == expected else {
                    throw context.invalid("scale and bias do not have \(expected) numbers")
                }
                return [input]
            },
            compute: { values in
                let input = try values[0]
                var (scale, bias) = (try values[1].doubles, try values[2].doubles)
                if context.version < 21 {
                    let size = input.shape[1] / count
                    scale = scale.flatMap { [Double](repeating: $0, count: size) }
                    bias = bias.flatMap { [Double](repeating: $0, count: size) }
                }
                return values.result(groups(input, count: count, epsilon, scale, bias))
            }
        )
    }

    /// Normalises groups of channels, then scales each channel.
    private static func groups(
        _ input: Tensor,
        count: Int,
        _ epsilon: Double,
        _ scale: [Double],
        _ bias: [Double]
    ) -> [Double] {
        var result = input.doubles
        let (_, channels, inner) = Indices.split(input.shape, at: 1)
        let size = count == 0 ? 0 : channels / count * inner
        normalizeRows(&result, size: size, epsilon)
        for place in result.indices {
            let channel = place / inner % channels
            result[place] = result[place] * scale[channel] + bias[channel]
        }
        return result
    }

    /// Brings rows of numbers to mean 0 and variance 1; gives their means and the reciprocals of their deviations.
    @discardableResult
    private static func normalizeRows(
        _ values: inout [Double],
        size: Int,
        _ epsilon: Double,
        centres: Bool = true
    ) -> (means: [Double], factors: [Double]) {
        guard size > 0 else { return ([], []) }
        var means: [Double] = []
        var factors: [Double] = []
        for start in stride(from: 0, to: values.count, by: size) {
            let mean = centres ? values[start..<start + size].reduce(0, +) / Double(size) : 0
            var sum = 0.0
            for place in start..<start + size { sum += (values[place] - mean) * (values[place] - mean) }
            let factor = 1 / (sum / Double(size) + epsilon).squareRoot()
            for place in start..<start + size { values[place] = (values[place] - mean) * factor }
            means.append(mean)
            factors.append(factor)
        }
        return (means, factors)
    }

    @Sendable
    private static func layer(_ context: OperatorContext, centres: Bool) throws -> TensorOperation {
        let epsilon = try context.number("epsilon", 1e-5)
        let attribute = try context.integer("axis", -1)
        let outputCount = max(1, context.node.outputCount)
        return TensorOperation(
            context: context,
            infer: { operands in
                let input = try operands.type(0)
                let axis = try context.axis(attribute, rank: input.rank)
                for index in 1...2 where operands.has(index) {
                    guard Indices.broadcast([input.shape, try operands.shape(index)]) == input.shape else {
                        throw context.invalid("input \(index) does not fit the shape \(input.shape)")
                    }
                }
                let ones = [Int](repeating: 1, count: input.rank - axis)
                let statistics = TensorType(.float32, input.shape[..<axis] + ones)
                return [input] + [TensorType](repeating: statistics, count: outputCount - 1)
            },
            compute: { values in
                let input = try values[0]
                let axis = try context.axis(attribute, rank: input.type.rank)
                var result = input.doubles
                let size = input.shape[axis...].reduce(1, *)
                let (means, factors) = normalizeRows(&result, size: size, epsilon, centres: centres)
                if let scale = values.optional(1) {
                    result = zip(result, try Broadcasting.stretch(scale, values).doubles).map { $0 * $1 }
                }
                if let bias = values.optional(2) {
                    result = zip(result, try Broadcasting.stretch(bias, values).doubles).map { $0 + $1 }
                }
                let statistics = zip([means, factors], values.outputs.dropFirst()).map { Tensor($0, $1) }
                return values.result(result) + statistics
            }
        )
    }

    @Sendable
    private static func meanVariance(_ context: OperatorContext) throws -> TensorOperation {
        let attribute = try context.integers("axes") ?? [0, 2, 3]
        return TensorOperation(
            context: context,
            infer: { operands in
                let input = try operands.type(0)
                _ = try context.axes(attribute, rank: input.rank)
                return [input]
            },
            compute: { values in
                let input = try values[0]
                let axes = try context.axes(attribute, rank: input.type.rank)
                let strides = Indices.strides(input.shape)
                let kept = input.shape.indices.filter { !axes.contains($0) }
                let starts = Indices.walk(kept.map { input.shape[$0] }, strides: kept.map { strides[$0] })
                let offsets = Indices.walk(axes.map { input.shape[$0] }, strides: axes.map { strides[$0] })
                var result = input.doubles
                for start in starts {
                    let mean = offsets.reduce(0) { $0 + result[start + $1] } / Double(offsets.count)
                    let square = offsets.reduce(0) { sum, offset in
                        sum + (result[start + offset] - mean) * (result[start + offset] - mean)
                    }
                    let deviation = (square / Double(offsets.count)).squareRoot() + 1e-9
                    for offset in offsets { result[start + offset] = (result[start + offset] - mean) / deviation }
                }
                return values.result(result)
            }
        )
    }

    @Sendable
    private static func norm(_ context: OperatorContext) throws -> TensorOperation {
        let attribute = try context.integer("axis", -1)
        let power = try context.integer("p", 2)
        guard power == 1 || power == 2 else { throw context.invalid("the norm is neither 1 nor 2") }
        return TensorOperation(
            context: context,
            infer: { operands in
                let input = try operands.type(0)
                _ = try context.axis(attribute, rank: input.rank)
                return [input]
            },
            compute: { values in
                let input = try values[0]
                let axis = try context.axis(attribute, rank: input.type.rank)
                let (outer, length, inner) = Indices.split(input.shape, at: axis)
                var result = input.doubles
                for row in 0..<outer {
                    for column in 0..<inner {
                        let places = (0..<length).map { (row * length + $0) * inner + column }
                        let sum = places.reduce(0) { $0 + (power == 1 ? abs(result[$1]) : result[$1] * result[$1]) }
                        let norm = power == 1 ? sum : sum.squareRoot()
                        for place in places { result[place] = norm == 0 ? 0 : result[place] / norm }
                    }
                }
                return values.result(result)
            }
        )
    }

    @Sendable
    private static func localResponse(_ context: OperatorContext) throws -> TensorOperation {
        let alpha = try context.number("alpha", 1e-4)
        let beta = try context.number("beta", 0.75)
        let bias = try context.number("bias", 1)
        let size = try context.integer("size", 0)
        guard size > 0 else { throw context.invalid("the size is \(size)") }
        return TensorOperation(
            context: context,
            infer: { operands in
                let input = try operands.type(0)
                guard input.rank >= 2 else { throw context.invalid("the input has no channels") }
                return [input]
            },
            compute: { values in
                let input = try values[0]
                let numbers = input.doubles
                let (_, channels, inner) = Indices.split(input.shape, at: 1)
                var result = numbers
                for place in numbers.indices {
                    let channel = place / inner % channels
                    let window = max(0, channel - (size - 1) / 2)...min(channels - 1, channel + size / 2)
                    let sum = window.reduce(0) { sum, other in
                        let value = numbers[place + (other - channel) * inner]
                        return sum + value * value
                    }
                    result[place] = numbers[place] / pow(bias + alpha / Double(size) * sum, beta)
                }
                return values.result(result)
            }
        )
    }
}

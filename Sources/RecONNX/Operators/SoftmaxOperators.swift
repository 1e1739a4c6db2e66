internal import Foundation

/// Shares that sum to one along an axis.
enum SoftmaxOperators {
    static let table: [OperatorEntry] = [
        OperatorEntry("Softmax", [1, 11, 13]) { try operation($0) { values in softmax(values) } },
        OperatorEntry("LogSoftmax", [1, 11, 13]) { context in
            try operation(context) { values in
                let greatest = values.max() ?? 0
                let sum = log(values.reduce(0) { $0 + exp($1 - greatest) })
                return values.map { $0 - greatest - sum }
            }
        },
        OperatorEntry("Hardmax", [1, 11, 13]) { context in
            try operation(context) { values in
                let best = values.firstIndex(of: values.max() ?? 0)
                return values.indices.map { $0 == best ? 1 : 0 }
            }
        },
    ]

    /// Exponentials divided by their sum.
    static func softmax(_ values: [Double]) -> [Double] {
        let greatest = values.max() ?? 0
        let powers = values.map { exp($0 - greatest) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
    }

    /// Before version 13 all axes from the attribute's on are one.
    private static func operation(
        _ context: OperatorContext,
        _ function: @escaping @Sendable ([Double]) -> [Double]
    ) throws -> TensorOperation {
        let attribute = try context.integer("axis", context.version < 13 ? 1 : -1)
        return TensorOperation(
            context: context,
            infer: { operands in
                let input = try operands.type(0)
                _ = try context.axis(
                    attribute,
                    rank: max(1, input.rank),
                    inclusive: context.version < 13 && attribute >= 0
                )
                return [input]
            },
            compute: { values in
                let input = try values[0]
                let shape = input.shape.isEmpty ? [1] : input.shape
                let isFlat = context.version < 13
                let axis = try context.axis(attribute, rank: shape.count, inclusive: isFlat && attribute >= 0)
                let (outer, length, inner) = Indices.split(shape, at: isFlat ? axis..<shape.count : axis..<axis + 1)
                let numbers = input.doubles
                var result = numbers
                for row in 0..<outer {
                    for column in 0..<inner {
                        let places = (0..<length).map { (row * length + $0) * inner + column }
                        for (place, value) in zip(places, function(places.map { numbers[$0] })) {
                            result[place] = value
                        }
                    }
                }
                return values.result(result)
            }
        )
    }
}

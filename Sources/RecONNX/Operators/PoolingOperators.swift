internal import Foundation
internal import RecNetwork

/// Extremes, means and norms of windows.
enum PoolingOperators {
    static let table: [OperatorEntry] = [
        OperatorEntry("MaxPool", [1, 8, 10, 11, 12, 22], maximum),
        OperatorEntry("AveragePool", [1, 7, 10, 11, 19, 22], average),
        OperatorEntry("LpPool", [2, 11, 18, 22], norm),
        OperatorEntry("GlobalAveragePool", [1, 22]) { global($0) { $0.reduce(0, +) / Double($0.count) } },
        OperatorEntry("GlobalMaxPool", [1, 22]) { global($0) { $0.reduce(-.infinity, ArithmeticOperators.greater) } },
        OperatorEntry("GlobalLpPool", [2, 22]) { context in
            let power = Double(try context.integer("p", 2))
            return global(context) { pow($0.reduce(0) { $0 + pow(abs($1), power) }, 1 / power) }
        },
    ]

    private static func global(
        _ context: OperatorContext,
        _ function: @escaping @Sendable (ArraySlice<Double>) -> Double
    ) -> TensorOperation {
        TensorOperation(
            context: context,
            infer: { operands in
                var type = try operands.type(0)
                guard type.rank >= 2, !type.shape.contains(0) else { throw context.invalid("the input has no planes") }
                for axis in 2..<max(2, type.rank) { type.shape[axis] = 1 }
                return [type]
            },
            compute: { values in
                let input = try values[0]
                let numbers = input.doubles
                let size = input.shape[2...].reduce(1, *)
                return values.result((0..<values.type.count).map { function(numbers[$0 * size..<($0 + 1) * size]) })
            }
        )
    }

    /// The type of the output and the geometry of a pooling.
    private static func geometry(
        _ input: TensorType,
        _ window: WindowAttributes,
        _ context: OperatorContext
    ) throws -> (type: TensorType, sizes: WindowSizes) {
        guard input.rank >= 3 else { throw context.invalid("the input has no planes") }
        let sizes = try window.geometry(Array(input.shape[2...]), context)
        return (TensorType(input.elementType, input.shape[..<2] + sizes.output), sizes)
    }

    private static func work(_ window: WindowAttributes) -> @Sendable (Operands, [TensorType]) -> Double {
        let area = (window.kernel ?? []).reduce(1.0) { $0 * Double($1) }
        return { _, outputs in Double(outputs[0].count) * area }
    }

    @Sendable
    private static func maximum(_ context: OperatorContext) throws -> TensorOperation {
        let window = try WindowAttributes(context)
        let isColumnMajor = try context.flag("storage_order")
        let outputCount = max(1, context.node.outputCount)
        return TensorOperation(
            context: context,
            infer: { operands in
                let (type, _) = try geometry(try operands.type(0), window, context)
                return outputCount > 1 ? [type, TensorType(.int64, type.shape)] : [type]
            },
            compute: { values in
                let input = try values[0]
                let sizes = try geometry(input.type, window, context).sizes
                let numbers = input.doubles
                let planes = input.shape[0] * input.shape[1]
                let (plane, positions) = (sizes.input.reduce(1, *), sizes.output.reduce(1, *))
                var result = [Double](repeating: -.infinity, count: planes * positions)
                var indices = [Int64](repeating: 0, count: outputCount > 1 ? result.count : 0)
                sizes.forEachWindow { position, places in
                    for index in 0..<planes {
                        var best = places.first.map(\.input) ?? 0
                        for place in places {
                            let value = numbers[index * plane + place.input]
                            if value > numbers[index * plane + best] || value.isNaN { best = place.input }
                        }
                        if !places.isEmpty { result[index * positions + position] = numbers[index * plane + best] }
                        guard outputCount > 1 else { continue }
                        let place = isColumnMajor ? transposed(best, sizes.input) : best
                        indices[index * positions + position] = Int64(index * plane + place)
                    }
                }
                let second = values.outputs.dropFirst().map { Tensor(indices, $0) }
                return values.result(result) + second
            },
            steps: work(window)
        )
    }

    /// The place that an element has when the first axis varies fastest.
    private static func transposed(_ place: Int, _ shape: [Int]) -> Int {
        let strides = Indices.strides(shape)
        var result = 0
        var step = 1
        for axis in shape.indices {
            result += place / strides[axis] % shape[axis] * step
            step *= shape[axis]
        }
        return result
    }

    @Sendable
    private static func average(_ context: OperatorContext) throws -> TensorOperation {
        let countsMargin = try context.flag("count_include_pad")
        return try sum(context, countsMargin: countsMargin, of: { $0 }, finish: { $0 / Double($1) })
    }

    @Sendable
    private static func norm(_ context: OperatorContext) throws -> TensorOperation {
        let power = Double(try context.integer("p", 2))
        return try sum(context, of: { pow(abs($0), power) }, finish: { sum, _ in pow(sum, 1 / power) })
    }

    /// A pooling that adds up a term for each element of a window.
    ///
    /// - Parameters:
    ///   - context: The node.
    ///   - countsMargin: Whether elements in the margin are counted.
    ///   - term: The term of an element.
    ///   - finish: The output for the sum of a window, and the number of its elements.
    /// - Returns: The operation.
    /// - Throws: `RecError` with code `invalidONNX` when the attributes of the window are damaged.
    private static func sum(
        _ context: OperatorContext,
        countsMargin: Bool = false,
        of term: @escaping @Sendable (Double) -> Double,
        finish: @escaping @Sendable (Double, Int) -> Double
    ) throws -> TensorOperation {
        let window = try WindowAttributes(context)
        return TensorOperation(
            context: context,
            infer: { [try geometry(try $0.type(0), window, context).type] },
            compute: { values in
                let input = try values[0]
                let sizes = try geometry(input.type, window, context).sizes
                let numbers = input.doubles
                let planes = input.shape[0] * input.shape[1]
                let (plane, positions) = (sizes.input.reduce(1, *), sizes.output.reduce(1, *))
                var result = [Double](repeating: 0, count: planes * positions)
                sizes.forEachWindow { position, places in
                    let count = countsMargin ? sizes.countWithMargin(position) : places.count
                    for index in 0..<planes {
                        let sum = places.reduce(0) { $0 + term(numbers[index * plane + $1.input]) }
                        result[index * positions + position] = finish(sum, count)
                    }
                }
                return values.result(result)
            },
            steps: work(window)
        )
    }
}

extension WindowSizes {
    /// The elements of a window that lie in the input or its margin, but not behind that.
    fileprivate func countWithMargin(_ position: Int) -> Int {
        let outputStrides = Indices.strides(output)
        return input.indices.reduce(1) { count, axis in
            let start = position / outputStrides[axis] % output[axis] * strides[axis] - before[axis]
            let end = input[axis] + behind[axis]
            let inside = (0..<kernel[axis]).filter { start + $0 * dilations[axis] < end }
            return count * inside.count
        }
    }
}

internal import RecNetwork

/// Parts of tensors between bounds.
enum SliceOperators {
    static let table: [OperatorEntry] = [
        OperatorEntry("Slice", [1, 10, 11, 13]) { context in
            let starts = try context.integers("starts")
            let ends = try context.integers("ends")
            let axes = try context.integers("axes")
            @Sendable
            func bounds(_ operands: Operands) throws -> [Bounds] {
                let shape = try operands.shape(0)
                if context.version < 10 {
                    return try Bounds.all(shape, starts ?? [], ends ?? [], axes, nil, context)
                }
                return try Bounds.all(
                    shape,
                    try operands.integers(1),
                    try operands.integers(2),
                    operands.has(3) ? try operands.integers(3) : nil,
                    operands.has(4) ? try operands.integers(4) : nil,
                    context
                )
            }
            return TensorOperation(
                context: context,
                infer: { operands in
                    [TensorType(try operands.type(0).elementType, try bounds(operands).map(\.count))]
                },
                compute: { values in
                    let input = try values[0]
                    let bounds = try bounds(values.operands)
                    let strides = Indices.strides(input.shape)
                    let start = zip(bounds, strides).reduce(0) { $0 + $1.0.start * $1.1 }
                    let steps = zip(bounds, strides).map { $0.step * $1 }
                    let places = Indices.walk(values.type.shape, strides: steps, start: start)
                    return [input.picking(places, shape: values.type.shape)]
                }
            )
        }
    ]

    /// What is taken of one axis.
    struct Bounds {
        var start = 0
        var step = 1
        var count: Int

        /// The bounds of all axes; starts and ends are clamped as in Python.
        static func all(
            _ shape: [Int],
            _ starts: [Int],
            _ ends: [Int],
            _ axes: [Int]?,
            _ steps: [Int]?,
            _ context: OperatorContext
        ) throws -> [Bounds] {
            let axes = axes ?? Array(starts.indices)
            let steps = steps ?? [Int](repeating: 1, count: starts.count)
            guard starts.count == ends.count, axes.count == starts.count, steps.count == starts.count else {
                throw context.invalid("starts, ends, axes and steps differ in number")
            }
            var result = shape.map { Bounds(count: $0) }
            for (number, axis) in axes.enumerated() {
                let place = try context.axis(axis, rank: shape.count)
                let size = shape[place]
                let step = steps[number]
                guard step != 0 else { throw context.invalid("a step is 0") }
                let low = step > 0 ? 0 : -1
                let high = step > 0 ? size : size - 1
                func clamp(_ bound: Int) -> Int { min(max(bound < 0 ? bound + size : bound, low), high) }
                let start = clamp(starts[number])
                let end = clamp(ends[number])
                let count = step > 0 ? (end - start + step - 1) / step : (start - end - step - 1) / -step
                result[place] = Bounds(start: start, step: step, count: max(0, count))
            }
            return result
        }
    }
}

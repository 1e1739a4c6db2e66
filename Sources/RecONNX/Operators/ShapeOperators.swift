internal import RecNetwork

/// Operators that ask for shapes or give the same elements another shape.
enum ShapeOperators {
    private static let squeezeVersions = [1, 11, 13, 21, 23, 24, 25]

    static let table: [OperatorEntry] = [
        OperatorEntry("Identity", [1, 13, 14, 16, 19, 21, 23, 24, 25]) { context in
            TensorOperation(context: context, infer: { [try $0.type(0)] }, compute: { [try $0[0]] })
        },
        OperatorEntry("Dropout", [1, 6, 7, 10, 12, 13, 22], dropout),
        OperatorEntry("Constant", [1, 9, 11, 12, 13, 19, 21, 23, 24, 25]) { context in
            guard let constant = context.node.constantValue else {
                throw context.unsupported("its value is no tensor of numbers")
            }
            return TensorOperation(
                context: context,
                infer: { _ in [constant.type] },
                compute: { _ in [try constant.load()] }
            )
        },
        OperatorEntry("Shape", [1, 13, 15, 19, 21, 23, 24, 25]) { context in
            TensorOperation(
                context: context,
                infer: { [TensorType(.int64, [try part(of: $0.shape(0), context).count])] },
                compute: { [Tensor(integers: try part(of: $0[0].shape, context))] }
            )
        },
        OperatorEntry("Size", [1, 13, 19, 21, 23, 24, 25]) { context in
            TensorOperation(
                context: context,
                infer: {
                    _ = try $0.type(0)
                    return [TensorType(.int64, [])]
                },
                compute: { [Tensor([Int64(try $0[0].count)], TensorType(.int64, []))] }
            )
        },
        OperatorEntry("Reshape", [1, 5, 13, 14, 19, 21, 23, 24, 25]) { context in
            let attribute = try context.integers("shape")
            let keepsZeros = try context.flag("allowzero")
            return reshaping(context) { operands in
                let input = try operands.shape(0)
                let wanted = context.version < 5 ? attribute ?? [] : try operands.integers(1)
                return try target(wanted, from: input, keepsZeros: keepsZeros, context)
            }
        },
        OperatorEntry("Flatten", [1, 9, 11, 13, 21, 23, 24, 25]) { context in
            let axis = try context.integer("axis", 1)
            return reshaping(context) { operands in
                let shape = try operands.shape(0)
                let place = try context.axis(axis, rank: shape.count, inclusive: axis >= 0)
                return [shape[..<place].reduce(1, *), shape[place...].reduce(1, *)]
            }
        },
        OperatorEntry("Squeeze", squeezeVersions) { context in
            let attribute = try context.integers("axes")
            return reshaping(context) { operands in
                let shape = try operands.shape(0)
                var axes = attribute
                if context.version >= 13 { axes = operands.has(1) ? try operands.integers(1) : nil }
                guard let axes else { return shape.filter { $0 != 1 } }
                let places = try context.axes(axes, rank: shape.count)
                guard places.allSatisfy({ shape[$0] == 1 }) else {
                    throw context.invalid("it squeezes an axis of \(shape) that is not of size 1")
                }
                return shape.indices.filter { !places.contains($0) }.map { shape[$0] }
            }
        },
        OperatorEntry("Unsqueeze", squeezeVersions) { context in
            let attribute = try context.integers("axes")
            return reshaping(context) { operands in
                let shape = try operands.shape(0)
                let axes = context.version >= 13 ? try operands.integers(1) : attribute ?? []
                guard shape.count + axes.count <= ONNXLimits.rank else { throw context.invalid("it has too many axes") }
                let places = try context.axes(axes, rank: shape.count + axes.count)
                var result = shape
                for place in places { result.insert(1, at: place) }
                return result
            }
        },
    ]

    /// The dimensions of a shape that a `Shape` asks for.
    static func part(of shape: [Int], _ context: OperatorContext) throws -> [Int] {
        let rank = shape.count
        func bound(_ place: Int) -> Int { min(max(place < 0 ? place + rank : place, 0), rank) }
        let first = bound(try context.integer("start", 0))
        let last = bound(try context.integer("end") ?? rank)
        return first < last ? Array(shape[first..<last]) : []
    }

    /// An operator whose first output has the elements of its first input.
    private static func reshaping(
        _ context: OperatorContext,
        _ shape: @escaping @Sendable (Operands) throws -> [Int]
    ) -> TensorOperation {
        TensorOperation(
            context: context,
            infer: { [TensorType(try $0.type(0).elementType, try shape($0))] },
            compute: { [try $0[0].reshaped($0.type.shape)] }
        )
    }

    /// The shape that a `Reshape` asks for: 0 keeps a dimension, -1 takes what is left.
    private static func target(
        _ wanted: [Int],
        from input: [Int],
        keepsZeros: Bool,
        _ context: OperatorContext
    ) throws -> [Int] {
        var shape = wanted
        for (axis, size) in wanted.enumerated() where size == 0 && !keepsZeros {
            guard axis < input.count else {
                throw context.invalid("it keeps dimension \(axis), which the input does not have")
            }
            shape[axis] = input[axis]
        }
        let known = shape.filter { $0 != -1 }
        let count = input.reduce(1, *)
        guard shape.count - known.count <= 1, let product = known.checkedProduct else {
            throw context.invalid("the shape \(wanted) is impossible")
        }
        if let free = shape.firstIndex(of: -1) {
            guard product > 0, count.isMultiple(of: product) else {
                throw context.invalid("the shape \(input) does not fit \(wanted)")
            }
            shape[free] = count / product
        } else if product != count {
            throw context.invalid("the shape \(input) does not fit \(wanted)")
        }
        return shape
    }

    /// Nothing is dropped but in training.
    @Sendable
    private static func dropout(_ context: OperatorContext) throws -> TensorOperation {
        let outputCount = max(1, context.node.outputCount)
        return TensorOperation(
            context: context,
            infer: { operands in
                let input = try operands.type(0)
                if context.version >= 12, operands.has(2) {
                    let isIdle = !operands.has(1) || (try? operands.numbers(1).first) == 0
                    guard try operands.integer(2) == 0 || isIdle else { throw context.unsupported("it is in training") }
                }
                let mask = TensorType(context.version < 10 ? input.elementType : .bool, input.shape)
                return outputCount > 1 ? [input, mask] : [input]
            },
            compute: { values in
                let input = try values[0]
                guard outputCount > 1 else { return [input] }
                return [input, Tensor([Double](repeating: 1, count: input.count), values.outputs[1])]
            }
        )
    }
}

internal import RecNetwork

/// Tensors with some elements replaced.
enum ScatterOperators {
    static let table: [OperatorEntry] = [
        OperatorEntry("ScatterND", [11, 13, 16, 18]) { context in
            let reduction = try Reduction(context)
            return TensorOperation(
                context: context,
                infer: { operands in
                    let data = try operands.type(0)
                    let indices = try operands.shape(1)
                    _ = try operands.sameType(0, 2)
                    guard let depth = indices.last, depth <= data.rank,
                        try operands.shape(2) == indices.dropLast() + data.shape[depth...]
                    else { throw context.invalid("indices and updates do not fit the data of shape \(data.shape)") }
                    return [data]
                },
                compute: { values in
                    let data = try values[0]
                    let starts = try GatherOperators.tuplePlaces(data.shape, try values[1], batchRank: 0, context)
                    let inner = data.shape[(try values[1].shape.last ?? 0)...].reduce(1, *)
                    return [reduction.apply(try values[2], to: data, at: starts.flatMap { $0..<$0 + inner })]
                }
            )
        },
        OperatorEntry("ScatterElements", [11, 13, 16, 18], scatterElements),
        OperatorEntry("Scatter", [9], scatterElements),
    ]

    @Sendable
    private static func scatterElements(_ context: OperatorContext) throws -> TensorOperation {
        let attribute = try context.integer("axis", 0)
        let reduction = try Reduction(context)
        return TensorOperation(
            context: context,
            infer: { operands in
                let data = try operands.type(0)
                let axis = try context.axis(attribute, rank: data.rank)
                let indices = try operands.shape(1)
                _ = try operands.sameType(0, 2)
                try GatherOperators.checkElements(data.shape, indices, axis, context)
                guard try operands.shape(2) == indices else { throw context.invalid("indices and updates differ") }
                return [data]
            },
            compute: { values in
                let data = try values[0]
                let axis = try context.axis(attribute, rank: data.type.rank)
                let places = try GatherOperators.elementPlaces(data.shape, try values[1], axis, context)
                return [reduction.apply(try values[2], to: data, at: places)]
            }
        )
    }

    /// How an update joins what is there.
    private enum Reduction: String {
        case none, add, mul, max, min

        init(_ context: OperatorContext) throws {
            let name = try context.text("reduction", "none")
            guard let reduction = Reduction(rawValue: name) else {
                throw context.unsupported("its reduction is '\(name)'")
            }
            self = reduction
        }

        func apply(_ updates: Tensor, to data: Tensor, at places: [Int]) -> Tensor {
            guard data.elementType.isFloatingPoint else {
                var result = data.integers
                for (place, update) in zip(places, updates.integers) {
                    switch self {
                    case .none: result[place] = update
                    case .add: result[place] &+= update
                    case .mul: result[place] &*= update
                    case .max: result[place] = Swift.max(result[place], update)
                    case .min: result[place] = Swift.min(result[place], update)
                    }
                }
                return Tensor(result, data.type)
            }
            var result = data.doubles
            for (place, update) in zip(places, updates.doubles) {
                switch self {
                case .none: result[place] = update
                case .add: result[place] += update
                case .mul: result[place] *= update
                case .max: result[place] = ArithmeticOperators.greater(result[place], update)
                case .min: result[place] = ArithmeticOperators.lesser(result[place], update)
                }
            }
            return Tensor(result, data.type)
        }
    }
}

internal import RecNetwork

/// The rotation of pairs of features by angles that depend on the position.
enum RotaryOperator {
    static let table: [OperatorEntry] = [OperatorEntry("RotaryEmbedding", [23], rotary)]

    @Sendable
    private static func rotary(_ context: OperatorContext) throws -> TensorOperation {
        let isInterleaved = try context.flag("interleaved")
        let heads = try context.integer("num_heads", 0)
        let attribute = try context.integer("rotary_embedding_dim", 0)
        return TensorOperation(
            context: context,
            infer: { operands in
                let input = try operands.type(0)
                let (cos, sin) = (try operands.shape(1), try operands.shape(2))
                guard input.rank == 4 || input.rank == 3 && heads > 0 && input.shape[2].isMultiple(of: heads) else {
                    throw context.invalid("the shape \(input.shape) does not fit \(heads) heads")
                }
                let size = input.rank == 4 ? input.shape[3] : input.shape[2] / heads
                let turned = attribute == 0 ? size : attribute
                guard turned <= size, turned > 0, turned.isMultiple(of: 2), cos == sin, cos.last == turned / 2,
                    cos.count == (operands.has(3) ? 2 : 3)
                else { throw context.invalid("the caches of shape \(cos) do not fit \(turned) features") }
                let (batch, length) = (input.shape[0], input.rank == 4 ? input.shape[2] : input.shape[1])
                let rows = operands.has(3) ? try operands.shape(3) : Array(cos.dropLast())
                guard rows == [batch, length] else { throw context.invalid("positions of shape \(rows) do not fit") }
                return [input]
            },
            compute: { values in
                let input = try values[0]
                let isSplit = input.type.rank == 4
                let (batch, length) = (input.shape[0], isSplit ? input.shape[2] : input.shape[1])
                let count = isSplit ? input.shape[1] : heads
                let size = isSplit ? input.shape[3] : input.shape[2] / heads
                let half = (attribute == 0 ? size : attribute) / 2
                let (cosines, sines) = (try values[1].doubles, try values[2].doubles)
                let rows = try values[1].shape.dropLast().reduce(1, *)
                let positions = try values.optional(3)?.integers.map {
                    try GatherOperators.place($0, size: rows, context)
                }
                var result = input.doubles
                let numbers = result
                for index in 0..<batch * length * count {
                    let image = index / (count * length)
                    let step = isSplit ? index % length : index / count % length
                    let row = positions?[image * length + step] ?? image * length + step
                    for pair in 0..<half {
                        let first = index * size + (isInterleaved ? 2 * pair : pair)
                        let second = index * size + (isInterleaved ? 2 * pair + 1 : pair + half)
                        let (cosine, sine) = (cosines[row * half + pair], sines[row * half + pair])
                        result[first] = cosine * numbers[first] - sine * numbers[second]
                        result[second] = sine * numbers[first] + cosine * numbers[second]
                    }
                }
                return values.result(result)
            }
        )
    }
}

internal import RecNetwork

/// Products of matrices.
enum ProductOperators {
    static let table: [OperatorEntry] = [
        OperatorEntry("MatMul", [1, 9, 13], product),
        OperatorEntry("Gemm", [1, 6, 7, 9, 11, 13], general),
    ]

    /// The shapes of a product as in NumPy: vectors become matrices, and the axes before the last two broadcast.
    private static func shapes(
        _ operands: Operands
    ) throws -> (first: [Int], second: [Int], batch: [Int], output: [Int]) {
        let context = operands.context
        var (first, second) = (try operands.shape(0), try operands.shape(1))
        let isRow = first.count == 1
        let isColumn = second.count == 1
        if isRow { first = [1] + first }
        if isColumn { second += [1] }
        guard first.count >= 2, second.count >= 2, first[first.count - 1] == second[second.count - 2],
            let batch = Indices.broadcast([first.dropLast(2), second.dropLast(2)])
        else {
            throw context.invalid("the shapes \(try operands.shape(0)) and \(try operands.shape(1)) have no product")
        }
        let output = batch + (isRow ? [] : [first[first.count - 2]]) + (isColumn ? [] : [second[second.count - 1]])
        return (first, second, batch, output)
    }

    @Sendable
    private static func product(_ context: OperatorContext) throws -> TensorOperation {
        TensorOperation(
            context: context,
            infer: { [TensorType(try $0.sameType(), try shapes($0).output)] },
            compute: { values in
                let (first, second, batch, _) = try shapes(values.operands)
                let (rows, depth, columns) = (first[first.count - 2], first[first.count - 1], second[second.count - 1])
                let one = Indices.walk(batch, strides: Indices.broadcastStrides(first.dropLast(2), to: batch))
                let two = Indices.walk(batch, strides: Indices.broadcastStrides(second.dropLast(2), to: batch))
                if case .integers(let numbers) = try values[0].elements {
                    let others = try values[1].integers
                    var result: [Int64] = []
                    for (left, right) in zip(one, two) {
                        for place in 0..<rows * columns {
                            let start = left * rows * depth + place / columns * depth
                            var sum: Int64 = 0
                            for index in 0..<depth {
                                sum &+=
                                    numbers[start + index]
                                    &* others[right * depth * columns + index * columns + place % columns]
                            }
                            result.append(sum)
                        }
                    }
                    return [Tensor(result, values.type)]
                }
                let (numbers, others) = (try values[0].doubles, try values[1].doubles)
                var result: [Double] = []
                result.reserveCapacity(values.type.count)
                for (left, right) in zip(one, two) {
                    result += multiply(
                        numbers[left * rows * depth..<(left + 1) * rows * depth],
                        others[right * depth * columns..<(right + 1) * depth * columns],
                        rows,
                        depth,
                        columns
                    )
                }
                return values.result(result)
            },
            steps: { operands, outputs in
                Double(outputs[0].count) * Double(try shapes(operands).first.last ?? 1)
            }
        )
    }

    /// The product of two row-major matrices.
    static func multiply(
        _ first: ArraySlice<Double>,
        _ second: ArraySlice<Double>,
        _ rows: Int,
        _ depth: Int,
        _ columns: Int
    ) -> [Double] {
        var result = [Double](repeating: 0, count: rows * columns)
        for row in 0..<rows {
            for index in 0..<depth {
                let factor = first[first.startIndex + row * depth + index]
                let start = second.startIndex + index * columns
                for column in 0..<columns { result[row * columns + column] += factor * second[start + column] }
            }
        }
        return result
    }

    @Sendable
    private static func general(_ context: OperatorContext) throws -> TensorOperation {
        let alpha = try context.number("alpha", 1)
        let beta = try context.number("beta", 1)
        let turnsFirst = try context.flag("transA")
        let turnsSecond = try context.flag("transB")
        return TensorOperation(
            context: context,
            infer: { operands in
                let (first, second) = (try operands.shape(0), try operands.shape(1))
                guard first.count == 2, second.count == 2,
                    first[turnsFirst ? 0 : 1] == second[turnsSecond ? 1 : 0]
                else { throw context.invalid("the shapes \(first) and \(second) have no product") }
                let output = [first[turnsFirst ? 1 : 0], second[turnsSecond ? 0 : 1]]
                if operands.has(2), Indices.broadcast([output, try operands.shape(2)]) != output {
                    throw context.invalid("the addend of shape \(try operands.shape(2)) does not fit \(output)")
                }
                return [TensorType(try operands.sameType(), output)]
            },
            compute: { values in
                let first = try turnsFirst ? transposed(values[0]) : values[0]
                let second = try turnsSecond ? transposed(values[1]) : values[1]
                let depth = first.shape[1]
                var result = multiply(
                    first.doubles[...],
                    second.doubles[...],
                    first.shape[0],
                    depth,
                    second.shape[1]
                )
                if alpha != 1 { result = result.map { $0 * alpha } }
                if let addend = values.optional(2), beta != 0 {
                    let stretched = try Broadcasting.stretch(addend, values)
                    result = zip(result, stretched.doubles).map { $0 + beta * $1 }
                }
                return values.result(result)
            },
            steps: { operands, outputs in
                Double(outputs[0].count) * Double(try operands.shape(0)[turnsFirst ? 0 : 1])
            }
        )
    }

    private static func transposed(_ matrix: Tensor) -> Tensor {
        let shape = [matrix.shape[1], matrix.shape[0]]
        return matrix.picking(Indices.walk(shape, strides: [1, matrix.shape[1]]), shape: shape)
    }
}

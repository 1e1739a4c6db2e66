internal import RecNetwork

/// Positions of extremes, greatest elements, and running sums.
enum SortingOperators {
    static let table: [OperatorEntry] = [
        OperatorEntry("ArgMax", [1, 11, 12, 13]) { try position($0) { $0 > $1 } },
        OperatorEntry("ArgMin", [1, 11, 12, 13]) { try position($0) { $0 < $1 } },
        OperatorEntry("TopK", [1, 10, 11, 24], topK),
        OperatorEntry("CumSum", [11, 14], runningSum),
    ]

    private static func position(
        _ context: OperatorContext,
        _ isBetter: @escaping @Sendable (Double, Double) -> Bool
    ) throws -> TensorOperation {
        let attribute = try context.integer("axis", 0)
        let keeps = try context.flag("keepdims", true)
        let takesLast = try context.flag("select_last_index")
        return TensorOperation(
            context: context,
            infer: { operands in
                let input = try operands.shape(0)
                let axis = try context.axis(attribute, rank: input.count)
                guard input[axis] > 0 else { throw context.invalid("an axis without elements has no extreme") }
                return [TensorType(.int64, ReductionOperators.shape(input, without: [axis], keeps: keeps))]
            },
            compute: { values in
                let input = try values[0]
                let numbers = input.doubles
                let axis = try context.axis(attribute, rank: input.type.rank)
                let (outer, length, inner) = Indices.split(input.shape, at: axis)
                var result: [Int64] = []
                for row in 0..<outer {
                    for column in 0..<inner {
                        func number(_ index: Int) -> Double { numbers[(row * length + index) * inner + column] }
                        var best = 0
                        for index in 1..<max(1, length) {
                            let (candidate, leader) = (number(index), number(best))
                            // What is not a number comes first, as in NumPy.
                            let isEqual = candidate == leader || candidate.isNaN && leader.isNaN
                            let wins = candidate.isNaN ? !leader.isNaN : isBetter(candidate, leader)
                            if wins || takesLast && isEqual { best = index }
                        }
                        result.append(Int64(best))
                    }
                }
                return [Tensor(result, values.type)]
            }
        )
    }

    @Sendable
    private static func topK(_ context: OperatorContext) throws -> TensorOperation {
        let attribute = try context.integer("axis", -1)
        let fixedCount = try context.integer("k")
        let isLargest = try context.flag("largest", true)
        return TensorOperation(
            context: context,
            infer: { operands in
                var type = try operands.type(0)
                let axis = try context.axis(attribute, rank: type.rank)
                let count = context.version < 10 ? fixedCount ?? 0 : try operands.integer(1)
                guard count >= 0, count <= type.shape[axis] else {
                    throw context.invalid("\(count) elements of an axis of size \(type.shape[axis]) are asked for")
                }
                type.shape[axis] = count
                return [type, TensorType(.int64, type.shape)]
            },
            compute: { values in
                let input = try values[0]
                let numbers = input.doubles
                let axis = try context.axis(attribute, rank: input.type.rank)
                let (outer, length, inner) = Indices.split(input.shape, at: axis)
                let count = values.type.shape[axis]
                var places = [Int](repeating: 0, count: values.type.count)
                var indices = [Int64](repeating: 0, count: values.type.count)
                for row in 0..<outer {
                    for column in 0..<inner {
                        func place(_ index: Int) -> Int { (row * length + index) * inner + column }
                        let order = (0..<length).sorted { one, other in
                            let (first, second) = (numbers[place(one)], numbers[place(other)])
                            if first == second || first.isNaN || second.isNaN { return one < other }
                            return isLargest ? first > second : first < second
                        }
                        for (rank, index) in order.prefix(count).enumerated() {
                            places[(row * count + rank) * inner + column] = place(index)
                            indices[(row * count + rank) * inner + column] = Int64(index)
                        }
                    }
                }
                return [
                    input.picking(places, shape: values.type.shape),
                    Tensor(indices, values.outputs[1]),
                ]
            }
        )
    }

    @Sendable
    private static func runningSum(_ context: OperatorContext) throws -> TensorOperation {
        let isExclusive = try context.flag("exclusive")
        let isReverse = try context.flag("reverse")
        return TensorOperation(
            context: context,
            infer: { operands in
                _ = try context.axis(try operands.integer(1), rank: try operands.shape(0).count)
                return [try operands.type(0)]
            },
            compute: { values in
                let input = try values[0]
                let axis = try context.axis(try values.operands.integer(1), rank: input.type.rank)
                let (outer, length, inner) = Indices.split(input.shape, at: axis)
                func sums<Number: AdditiveArithmetic>(_ numbers: [Number], _ add: (Number, Number) -> Number)
                    -> [Number]
                {
                    var result = numbers
                    for row in 0..<outer {
                        for column in 0..<inner {
                            var sum = Number.zero
                            for step in 0..<length {
                                let index = isReverse ? length - 1 - step : step
                                let place = (row * length + index) * inner + column
                                let next = add(sum, numbers[place])
                                result[place] = isExclusive ? sum : next
                                sum = next
                            }
                        }
                    }
                    return result
                }
                guard input.elementType.isFloatingPoint else {
                    return [Tensor(sums(input.integers) { $0 &+ $1 }, input.type)]
                }
                return values.result(sums(input.doubles) { $0 + $1 })
            }
        )
    }
}

internal import RecNetwork

/// Operators that move or repeat elements.
enum MovementOperators {
    static let table: [OperatorEntry] = [
        OperatorEntry("Transpose", [1, 13, 21, 23, 24, 25], transpose),
        OperatorEntry("Concat", [1, 4, 11, 13], concat),
        OperatorEntry("Split", [1, 2, 11, 13, 18], split),
        OperatorEntry("Expand", [8, 13]) { context in
            TensorOperation(
                context: context,
                infer: { operands in
                    let input = try operands.type(0)
                    let wanted = try operands.integers(1)
                    guard wanted.allSatisfy({ $0 >= 0 }), let shape = Indices.broadcast([input.shape, wanted]) else {
                        throw context.invalid("the shape \(input.shape) does not broadcast to \(wanted)")
                    }
                    return [TensorType(input.elementType, shape)]
                },
                compute: { [try Broadcasting.stretch(try $0[0], $0)] }
            )
        },
        OperatorEntry("Tile", [6, 13], tile),
        OperatorEntry("DepthToSpace", [1, 11, 13, 28]) { try rearrangement($0, toSpace: true) },
        OperatorEntry("SpaceToDepth", [1, 13, 28]) { try rearrangement($0, toSpace: false) },
    ]

    @Sendable
    private static func transpose(_ context: OperatorContext) throws -> TensorOperation {
        let attribute = try context.integers("perm")
        @Sendable
        func order(_ rank: Int) throws -> [Int] {
            let order = attribute ?? Array((0..<rank).reversed())
            guard order.sorted() == Array(0..<rank) else {
                throw context.invalid("\(order) is not a permutation of \(rank) axes")
            }
            return order
        }
        return TensorOperation(
            context: context,
            infer: { operands in
                let input = try operands.type(0)
                return [TensorType(input.elementType, try order(input.rank).map { input.shape[$0] })]
            },
            compute: { values in
                let input = try values[0]
                let strides = Indices.strides(input.shape)
                let places = Indices.walk(values.type.shape, strides: try order(input.type.rank).map { strides[$0] })
                return [input.picking(places, shape: values.type.shape)]
            }
        )
    }

    @Sendable
    private static func concat(_ context: OperatorContext) throws -> TensorOperation {
        let attribute = try context.integer("axis", 1)
        return TensorOperation(
            context: context,
            infer: { operands in
                var result = try operands.type(0)
                let axis = try context.axis(attribute, rank: result.rank)
                for index in operands.all.indices.dropFirst() {
                    let next = try operands.type(index)
                    var expected = result.shape
                    guard next.rank == result.rank, next.elementType == result.elementType else {
                        throw context.invalid("inputs 0 and \(index) do not fit each other")
                    }
                    expected[axis] = next.shape[axis]
                    guard next.shape == expected else {
                        throw context.invalid("the shapes \(result.shape) and \(next.shape) cannot be joined")
                    }
                    result.shape[axis] = min(result.shape[axis] + next.shape[axis], OperatorContext.bound + 1)
                }
                return [result]
            },
            compute: { values in
                let inputs = try values.all.indices.map { try values[$0] }
                let axis = try context.axis(attribute, rank: values.type.rank)
                return [joined(inputs, axis: axis, values.type)]
            }
        )
    }

    /// Tensors one behind the other along an axis.
    static func joined(_ inputs: [Tensor], axis: Int, _ type: TensorType) -> Tensor {
        let outer = type.shape[..<axis].reduce(1, *)
        func join<Value>(_ parts: [[Value]]) -> [Value] {
            var result: [Value] = []
            result.reserveCapacity(type.count)
            let lengths = inputs.map { $0.shape[axis...].reduce(1, *) }
            for row in 0..<outer {
                for (part, length) in zip(parts, lengths) { result += part[row * length..<(row + 1) * length] }
            }
            return result
        }
        guard type.elementType.isFloatingPoint else { return Tensor(join(inputs.map(\.integers)), type) }
        guard type.elementType == .float64 else {
            return Tensor(type: type, elements: .floats(join(inputs.map(\.floats))))
        }
        return Tensor(join(inputs.map(\.doubles)), type)
    }

    @Sendable
    private static func split(_ context: OperatorContext) throws -> TensorOperation {
        let attribute = try context.integers("split")
        let axisAttribute = try context.integer("axis", 0)
        let outputCount = context.node.outputs.count
        let wantedCount = try context.integer("num_outputs") ?? outputCount
        @Sendable
        func sizes(_ operands: Operands) throws -> (axis: Int, sizes: [Int]) {
            let shape = try operands.shape(0)
            let axis = try context.axis(axisAttribute, rank: shape.count)
            var sizes = attribute
            if operands.has(1) { sizes = try operands.integers(1) }
            if sizes == nil {
                guard wantedCount > 0, wantedCount == outputCount else {
                    throw context.invalid("it has \(outputCount) outputs, not \(wantedCount)")
                }
                // The last part is the smaller one, from version 18 on; before all are equal.
                let size = (shape[axis] + wantedCount - 1) / wantedCount
                let whole = (0..<wantedCount).map { min(size, max(0, shape[axis] - $0 * size)) }
                guard context.version >= 18 || shape[axis].isMultiple(of: wantedCount) else {
                    throw context.invalid("\(shape[axis]) is not a multiple of \(wantedCount)")
                }
                sizes = whole
            }
            guard let sizes, sizes.count == outputCount, sizes.allSatisfy({ $0 >= 0 }),
                sizes.reduce(0, +) == shape[axis]
            else { throw context.invalid("the parts do not make up the axis of size \(shape[axis])") }
            return (axis, sizes)
        }
        return TensorOperation(
            context: context,
            infer: { operands in
                let input = try operands.type(0)
                let (axis, sizes) = try sizes(operands)
                return sizes.map { size in
                    var type = input
                    type.shape[axis] = size
                    return type
                }
            },
            compute: { values in
                let input = try values[0]
                let (axis, sizes) = try sizes(values.operands)
                let strides = Indices.strides(input.shape)
                var start = 0
                return zip(sizes, values.outputs).map { size, type in
                    defer { start += size * strides[axis] }
                    return input.picking(Indices.walk(type.shape, strides: strides, start: start), shape: type.shape)
                }
            }
        )
    }

    @Sendable
    private static func tile(_ context: OperatorContext) throws -> TensorOperation {
        TensorOperation(
            context: context,
            infer: { operands in
                var type = try operands.type(0)
                let repeats = try operands.integers(1)
                guard repeats.count == type.rank, repeats.allSatisfy({ $0 >= 0 }) else {
                    throw context.invalid("the repeats \(repeats) do not fit the shape \(type.shape)")
                }
                type.shape = zip(type.shape, repeats).map { $0 * $1 }
                return [type]
            },
            compute: { values in
                let input = try values[0]
                let strides = Indices.strides(input.shape)
                var places = [0]
                for axis in input.shape.indices {
                    let size = input.shape[axis]
                    places = places.flatMap { start in
                        (0..<values.type.shape[axis]).map { start + $0 % size * strides[axis] }
                    }
                }
                return [input.picking(places, shape: values.type.shape)]
            }
        )
    }

    /// Blocks of pixels to channels or back, as a transposition of six axes.
    private static func rearrangement(_ context: OperatorContext, toSpace: Bool) throws -> TensorOperation {
        let block = try context.integer("blocksize", 0)
        let isColumnFirst = try context.text("mode", "DCR") == "CRD"
        guard (1...4096).contains(block) else { throw context.invalid("the block size is \(block)") }
        return TensorOperation(
            context: context,
            infer: { operands in
                let input = try operands.type(0)
                let shape = input.shape
                guard shape.count == 4 else { throw context.invalid("the input does not have four dimensions") }
                let area = block * block
                guard toSpace ? shape[1] % area == 0 : shape[2] % block == 0 && shape[3] % block == 0 else {
                    throw context.invalid("the shape \(shape) does not fit blocks of \(block)")
                }
                let result =
                    toSpace
                    ? [shape[0], shape[1] / area, shape[2] * block, shape[3] * block]
                    : [shape[0], shape[1] * area, shape[2] / block, shape[3] / block]
                return [TensorType(input.elementType, result)]
            },
            compute: { values in
                let input = try values[0]
                let (images, channels, height, width) = (
                    input.shape[0], input.shape[1], input.shape[2], input.shape[3]
                )
                let six: [Int]
                let order: [Int]
                if !toSpace {
                    six = [images, channels, height / block, block, width / block, block]
                    order = [0, 3, 5, 1, 2, 4]
                } else if isColumnFirst {
                    six = [images, channels / (block * block), block, block, height, width]
                    order = [0, 1, 4, 2, 5, 3]
                } else {
                    six = [images, block, block, channels / (block * block), height, width]
                    order = [0, 3, 4, 1, 5, 2]
                }
                let strides = Indices.strides(six)
                let places = Indices.walk(order.map { six[$0] }, strides: order.map { strides[$0] })
                return [input.picking(places, shape: values.type.shape)]
            }
        )
    }
}

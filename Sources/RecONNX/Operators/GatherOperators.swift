internal import RecNetwork

/// Elements by index.
enum GatherOperators {
    static let table: [OperatorEntry] = [
        OperatorEntry("Gather", [1, 11, 13], gather),
        OperatorEntry("GatherElements", [11, 13], gatherElements),
        OperatorEntry("GatherND", [11, 12, 13], gatherND),
    ]

    /// The place of an index that may count from the end.
    static func place(_ index: Int64, size: Int, _ context: OperatorContext) throws -> Int {
        guard let index = Int(exactly: index), index >= -size, index < size else {
            throw context.invalid("the index \(index) lies outside an axis of size \(size)")
        }
        return index < 0 ? index + size : index
    }

    @Sendable
    private static func gather(_ context: OperatorContext) throws -> TensorOperation {
        let attribute = try context.integer("axis", 0)
        return TensorOperation(
            context: context,
            infer: { operands in
                let data = try operands.type(0)
                let axis = try context.axis(attribute, rank: data.rank)
                let indices = try operands.shape(1)
                return [TensorType(data.elementType, data.shape[..<axis] + indices + data.shape[(axis + 1)...])]
            },
            compute: { values in
                let data = try values[0]
                let axis = try context.axis(attribute, rank: data.type.rank)
                let (outer, size, inner) = Indices.split(data.shape, at: axis)
                let indices = try values[1].integers.map { try place($0, size: size, context) }
                var places: [Int] = []
                places.reserveCapacity(values.type.count)
                for row in 0..<outer {
                    for index in indices {
                        let start = (row * size + index) * inner
                        places += start..<start + inner
                    }
                }
                return [data.picking(places, shape: values.type.shape)]
            }
        )
    }

    @Sendable
    private static func gatherElements(_ context: OperatorContext) throws -> TensorOperation {
        let attribute = try context.integer("axis", 0)
        return TensorOperation(
            context: context,
            infer: { operands in
                let data = try operands.type(0)
                let axis = try context.axis(attribute, rank: data.rank)
                let indices = try operands.shape(1)
                try checkElements(data.shape, indices, axis, context)
                return [TensorType(data.elementType, indices)]
            },
            compute: { values in
                let data = try values[0]
                let axis = try context.axis(attribute, rank: data.type.rank)
                let places = try elementPlaces(data.shape, try values[1], axis, context)
                return [data.picking(places, shape: values.type.shape)]
            }
        )
    }

    /// Checks that indices of elements have the rank of the data and are no more, but along the axis.
    static func checkElements(_ data: [Int], _ indices: [Int], _ axis: Int, _ context: OperatorContext) throws {
        guard indices.count == data.count, indices.indices.allSatisfy({ $0 == axis || indices[$0] <= data[$0] }) else {
            throw context.invalid("the indices of shape \(indices) do not fit the data of shape \(data)")
        }
    }

    /// The places in the data that indices of elements name.
    static func elementPlaces(
        _ data: [Int],
        _ indices: Tensor,
        _ axis: Int,
        _ context: OperatorContext
    ) throws -> [Int] {
        var strides = Indices.strides(data)
        let step = strides[axis]
        strides[axis] = 0
        let starts = Indices.walk(indices.shape, strides: strides)
        return try zip(starts, indices.integers).map { start, index in
            start + (try place(index, size: data[axis], context)) * step
        }
    }

    @Sendable
    private static func gatherND(_ context: OperatorContext) throws -> TensorOperation {
        let batchRank = try context.integer("batch_dims", 0)
        return TensorOperation(
            context: context,
            infer: { operands in
                let data = try operands.type(0)
                let indices = try operands.shape(1)
                guard let depth = indices.last, batchRank >= 0, batchRank < indices.count,
                    batchRank + depth <= data.rank, data.shape[..<batchRank] == indices[..<batchRank]
                else {
                    throw context.invalid("the indices of shape \(indices) do not fit the data of shape \(data.shape)")
                }
                return [TensorType(data.elementType, indices.dropLast() + data.shape[(batchRank + depth)...])]
            },
            compute: { values in
                let data = try values[0]
                let starts = try tuplePlaces(data.shape, try values[1], batchRank: batchRank, context)
                let depth = try values[1].shape.last ?? 0
                let inner = data.shape[(batchRank + depth)...].reduce(1, *)
                return [data.picking(starts.flatMap { $0..<$0 + inner }, shape: values.type.shape)]
            }
        )
    }

    /// The places in the data that tuples of indices name.
    static func tuplePlaces(
        _ data: [Int],
        _ indices: Tensor,
        batchRank: Int,
        _ context: OperatorContext
    ) throws -> [Int] {
        let depth = indices.shape.last ?? 0
        let strides = Indices.strides(data)
        let numbers = indices.integers
        let tuples = indices.shape.dropLast().reduce(1, *)
        let batches = data[..<batchRank].reduce(1, *)
        let perBatch = batches == 0 ? 0 : tuples / batches
        let batchSize = data[batchRank...].reduce(1, *)
        return try (0..<tuples).map { tuple in
            var start = perBatch == 0 ? 0 : tuple / perBatch * batchSize
            for position in 0..<depth {
                let axis = batchRank + position
                start += try place(numbers[tuple * depth + position], size: data[axis], context) * strides[axis]
            }
            return start
        }
    }
}

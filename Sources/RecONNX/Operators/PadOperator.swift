internal import RecNetwork

/// Margins around tensors.
enum PadOperator {
    static let table: [OperatorEntry] = [OperatorEntry("Pad", [1, 2, 11, 13, 18, 19, 21, 23, 24, 25], pad)]

    @Sendable
    private static func pad(_ context: OperatorContext) throws -> TensorOperation {
        let mode = try context.text("mode", "constant")
        guard ["constant", "reflect", "edge", "wrap"].contains(mode) else {
            throw context.unsupported("its mode is '\(mode)'")
        }
        let attribute = try context.integers(context.version < 2 ? "paddings" : "pads")
        let number = try context.number("value", 0)
        @Sendable
        func pads(_ operands: Operands) throws -> [(before: Int, behind: Int)] {
            let rank = try operands.shape(0).count
            let list = context.version < 11 ? attribute ?? [] : try operands.integers(1)
            var axes = Array(0..<rank)
            if operands.has(3) { axes = try operands.integers(3).map { try context.axis($0, rank: rank) } }
            guard list.count == 2 * axes.count else {
                throw context.invalid("the pads \(list) do not fit \(rank) axes")
            }
            var result = [(before: Int, behind: Int)](repeating: (0, 0), count: rank)
            for (index, axis) in axes.enumerated() { result[axis] = (list[index], list[index + axes.count]) }
            return result
        }
        return TensorOperation(
            context: context,
            infer: { operands in
                var type = try operands.type(0)
                for (axis, pad) in try pads(operands).enumerated() {
                    let size = type.shape[axis] + pad.before + pad.behind
                    guard size >= 0, mode == "constant" || type.shape[axis] > 0 || size == 0 else {
                        throw context.invalid("the pads do not fit the shape \(type.shape)")
                    }
                    type.shape[axis] = size
                }
                return [type]
            },
            compute: { values in
                let input = try values[0]
                let pads = try pads(values.operands)
                var places = [0]
                for (axis, stride) in Indices.strides(input.shape).enumerated() {
                    let sources = (0..<values.type.shape[axis]).map { index in
                        source(index - pads[axis].before, input.shape[axis], mode).map { $0 * stride }
                    }
                    places = places.flatMap { start in sources.map { start < 0 ? -1 : $0.map { $0 + start } ?? -1 } }
                }
                let result = input.picking(places, shape: values.type.shape)
                let value = context.version < 11 ? nil : values.optional(2)
                guard places.contains(-1), value != nil || number != 0 else { return [result] }
                guard input.elementType.isFloatingPoint else {
                    let fill = value?.integers.first ?? Int64(number)
                    return [Tensor(zip(places, result.integers).map { $0 < 0 ? fill : $1 }, values.type)]
                }
                let fill = value?.doubles.first ?? number
                return values.result(zip(places, result.doubles).map { $0 < 0 ? fill : $1 })
            }
        )
    }

    /// The index that an index outside of an axis stands for; `nil` for none.
    private static func source(_ index: Int, _ size: Int, _ mode: String) -> Int? {
        if index >= 0, index < size { return index }
        func remainder(_ period: Int) -> Int { (index % period + period) % period }
        switch mode {
        case "edge": return index < 0 ? 0 : size - 1
        case "wrap": return remainder(size)
        case "reflect":
            guard size > 1 else { return 0 }
            let place = remainder(2 * (size - 1))
            return place < size ? place : 2 * (size - 1) - place
        default: return nil
        }
    }
}

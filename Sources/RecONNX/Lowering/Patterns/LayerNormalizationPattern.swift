internal import RecCore
internal import RecNetwork

/// Layer normalisation, as one node or written out.
enum LayerNormalizationPattern {
    @Sendable static func lower(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        let context = node.operation.context
        guard let input = lowering.operand(node, 0), let type = lowering.type(input),
            let scale = lowering.constant(node, 1), lowering.operand(node, 2) == nil
        else { return false }
        let axis = try context.integer("axis", -1)
        let first = axis < 0 ? axis + type.rank : axis
        guard type.shape.indices.contains(first) else { return false }
        let channels = type.shape[first...].reduce(1, *)
        let shift = lowering.constant(node, 2)
        guard scale.type.count == channels, shift.map({ $0.type.count == channels }) ?? true else { return false }
        return lower(
            node.node,
            input,
            channels,
            epsilon: Double(try context.float("epsilon") ?? 1e-5),
            Ends(scale: scale, shift: shift, output: node.node.outputs[0]),
            &lowering
        )
    }

    /// At the quotient of (x - mean) / sqrt(mean((x - mean)^2) + epsilon), with the factor and the summand behind it.
    @Sendable static func lowerQuotient(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        guard let found = try argument(node.node, lowering), let type = lowering.type(found.x),
            let channels = type.shape.last
        else { return try ArithmeticRule.lower(node, &lowering) }
        var ends = Ends(scale: nil, shift: nil, output: node.node.outputs[0])
        var taken: [Int] = []
        if let (index, constant) = row("Mul", after: ends.output, channels, lowering) {
            ends.scale = constant
            ends.output = lowering.output(index)
            taken.append(index)
        }
        if let (index, constant) = row("Add", after: ends.output, channels, lowering) {
            ends.shift = constant
            ends.output = lowering.output(index)
            taken.append(index)
        }
        guard lower(node.node, found.x, channels, epsilon: Double(found.epsilon), ends, &lowering) else { return false }
        for index in taken { lowering.take(index) }
        return true
    }

    /// What comes behind the quotient.
    private struct Ends {
        var scale: ONNXConstant?
        var shift: ONNXConstant?
        var output: String
    }

    private static func lower(
        _ node: ONNXNode,
        _ input: String,
        _ channels: Int,
        epsilon: Double,
        _ ends: Ends,
        _ lowering: inout GraphLowering
    ) -> Bool {
        guard channels > 0, epsilon >= 0, let rows = lowering.value(input, .rows(channels: channels)) else {
            return false
        }
        let name = lowering.layerName(node)
        let (scale, shift) = (ends.scale, ends.shift)
        lowering.setParameter(name, .scale) {
            try scale?.load().floats ?? [Float](repeating: 1, count: channels)
        }
        lowering.setParameter(name, .shift) {
            try shift?.load().floats ?? [Float](repeating: 0, count: channels)
        }
        let layer = LayerNormalization(channels: channels, epsilon: epsilon)
        let value = lowering.network.layerNormalization(name, rows.value, layer)
        lowering.hold(ends.output, .rows(channels: channels), value, rows.shape)
        return true
    }

    /// The only reader of a value, if it combines the value with a constant row.
    private static func row(
        _ operatorType: String,
        after name: String,
        _ channels: Int,
        _ lowering: GraphLowering
    ) -> (Int, ONNXConstant)? {
        guard let next = lowering.onlyConsumer(of: name), next.node.node.operatorType == operatorType,
            let other = next.node.node.inputs.first(where: { $0 != name }),
            let constant = lowering.graph.constants[other], constant.type.count == channels,
            constant.type.shape.last == channels,
            lowering.type(next.node.node.outputs[0])?.shape == lowering.type(name)?.shape
        else { return nil }
        return (next.index, constant)
    }

    private static func argument(
        _ node: ONNXNode,
        _ lowering: GraphLowering
    ) throws -> (x: String, epsilon: Float)? {
        guard node.operatorType == "Div", node.inputs.count == 2,
            let difference = lowering.producers[node.inputs[0]]?.node, difference.operatorType == "Sub",
            let mean = lowering.producers[difference.inputs[1]]?.node,
            let root = lowering.producers[node.inputs[1]]?.node, root.operatorType == "Sqrt",
            let sum = try lowering.scalar("Add", before: root.inputs[0]), sum.number >= 0,
            let variance = lowering.producers[sum.value]?.node
        else { return nil }
        let x = difference.inputs[0]
        guard mean.inputs[0] == x, try isMeanOfRows(difference.inputs[1], lowering),
            try isMeanOfRows(sum.value, lowering),
            try lowering.isPower(variance.inputs[0], of: node.inputs[0], 2)
                || isEqualPower(variance.inputs[0], x, mean, lowering)
        else { return nil }
        return (x, sum.number)
    }

    /// Whether a value is the square of another difference of the same values.
    private static func isEqualPower(
        _ name: String,
        _ x: String,
        _ mean: ONNXNode,
        _ lowering: GraphLowering
    ) throws -> Bool {
        guard let base = lowering.producers[name]?.node.inputs.first, let twin = lowering.producers[base]?.node
        else { return false }
        return try twin.operatorType == "Sub" && twin.inputs == [x, mean.outputs[0]]
            && lowering.isPower(name, of: base, 2)
    }

    private static func isMeanOfRows(_ name: String, _ lowering: GraphLowering) throws -> Bool {
        guard let mean = lowering.producers[name], case let node = mean.node, node.operatorType == "ReduceMean",
            let rank = lowering.type(node.inputs[0])?.rank
        else { return false }
        let stated = node.inputs.count > 1 ? try lowering.graph.constants[node.inputs[1]]?.load().integers : nil
        let axes = try stated.map { $0.map { Int($0) } } ?? mean.operation.context.integers("axes") ?? []
        return axes.map { $0 < 0 ? $0 + rank : $0 } == [rank - 1]
    }
}

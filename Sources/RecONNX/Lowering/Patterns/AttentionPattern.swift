internal import RecCore
internal import RecNetwork

/// Attention of heads that lie in maps as one layer, whether a graph has it in one node or writes it out: a product of
/// queries and keys, a factor, a mask, softmax, and a product with the values.
enum AttentionPattern {
    /// At the product with the values.
    @Sendable static func lowerProduct(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        if let weights = lowering.operand(node, 0), let value = lowering.operand(node, 1),
            let scores = try AttentionScores(behind: weights, lowering),
            let queries = lowering.headPlacement(scores.queries),
            let keys = lowering.headPlacement(scores.keys, .channelsByTokens),
            let values = lowering.headPlacement(value),
            try attend(queries, keys, values, scale: scores.factor, mask: scores.mask, node, &lowering)
        {
            return true
        }
        return try AttentionRule.lowerProduct(node, &lowering)
    }

    /// At attention in one node.
    @Sendable static func lowerNode(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        let context = node.operation.context
        let inputs = (0..<3).map { lowering.operand(node, $0) }
        guard node.node.inputs.dropFirst(4).allSatisfy(\.isEmpty), try context.number("softcap", 0) == 0,
            let query = inputs[0], let key = inputs[1], let value = inputs[2],
            let queries = try placement(query, "q_num_heads", context, &lowering),
            let keys = try placement(key, "kv_num_heads", context, &lowering),
            let values = try placement(value, "kv_num_heads", context, &lowering)
        else { return try AttentionRule.lowerAttention(node, &lowering) }
        let (rows, columns) = (queries.map.shape.pixels, keys.map.shape.pixels)
        var mask: AttentionMask?
        if node.node.inputs.count > 3, !node.node.inputs[3].isEmpty {
            guard let constant = lowering.constant(node, 3) else { return false }
            mask = AttentionMask(try constant.load(), heads: queries.count, queries: rows, keys: columns)
            guard mask != nil else { return false }
        }
        if try context.flag("is_causal") {
            mask = (mask ?? AttentionMask(queries: rows, keys: columns)).causal()
        }
        let scale = try context.float("scale") ?? 1 / Float(queries.heads.count).squareRoot()
        if try attend(queries, keys, values, scale: scale, mask: mask, node, &lowering) { return true }
        return try AttentionRule.lowerAttention(node, &lowering)
    }

    /// The heads of an operand of a node: moved ones, or those of rows that hold all heads.
    private static func placement(
        _ name: String,
        _ attribute: String,
        _ context: OperatorContext,
        _ lowering: inout GraphLowering
    ) throws -> HeadPlacement? {
        guard let shape = lowering.type(name)?.shape else { return nil }
        guard shape.count == 3 else { return lowering.headPlacement(name) }
        let count = try context.integer(attribute, 0)
        if let moved = lowering.headPlacement(name, .rows(heads: count)) { return moved }
        guard shape[0] == 1, count > 0, shape[2] % count == 0,
            let map = lowering.value(name, .rows(channels: shape[2]))
        else { return nil }
        let size = shape[2] / count
        let heads = Attention.Heads(first: 0, stride: size, count: size)
        return heads.isBlocked ? HeadPlacement(map: map, heads: heads, count: count, factor: 1) : nil
    }

    /// Adds the layer, and holds its output in the order of the node's.
    private static func attend(
        _ queries: HeadPlacement,
        _ keys: HeadPlacement,
        _ values: HeadPlacement,
        scale: Float,
        mask: AttentionMask?,
        _ node: FoldedGraph.Node,
        _ lowering: inout GraphLowering
    ) throws -> Bool {
        let output = node.node.outputs[0]
        let (heads, size) = (queries.count, values.heads.count)
        let shape = FeatureMapShape(
            channels: heads * size,
            height: queries.map.shape.height,
            width: queries.map.shape.width
        )
        guard let type = lowering.type(output), type.count == shape.count, type.count <= Int(Int32.max),
            keys.count == heads, values.count == heads, keys.heads.count == queries.heads.count,
            keys.map.shape.pixels == values.map.shape.pixels, values.factor == 1, mask?.leavesKeys ?? true
        else { return false }
        let attention = Attention(
            heads: heads,
            queries: queries.heads,
            keys: keys.heads,
            values: values.heads,
            scale: scale * queries.factor * keys.factor,
            mask: mask?.values ?? []
        )
        let map = HeldValue.Held(
            value: lowering.network.attention(queries.map.value, keys.map.value, values.map.value, attention),
            shape: shape
        )
        let rows = ValueForm.rows(channels: shape.channels)
        guard type.rank > 3 || heads > 1 && type.shape.last == size else {
            lowering.hold(output, rows, map.value, shape)
            return true
        }
        let places = lowering.moves.headsFirst(tokens: shape.pixels, heads: heads, channels: size)
        let moved = lowering.move(lowering.vector(of: map, rows), places, name: "Transpose")
        lowering.hold(output, .vector, moved, FeatureMapShape(channels: type.count))
        return true
    }
}

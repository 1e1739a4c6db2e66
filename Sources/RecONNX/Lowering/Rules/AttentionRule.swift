internal import RecCore
internal import RecNetwork

/// What attention is made of: products of two computed matrices, softmax, and zeros in place of what is not a number.
enum AttentionRule {
    @Sendable static func lowerProduct(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        guard let left = lowering.operand(node, 0), let right = lowering.operand(node, 1) else {
            return try ProductRule.lowerMatMul(node, &lowering)
        }
        guard let a = lowering.type(left)?.shape, let b = lowering.type(right)?.shape, a.count >= 2,
            a.count == b.count, a.dropLast(2) == b.dropLast(2), let first = lowering.vector(left),
            let second = lowering.vector(right)
        else { return false }
        let product = MatrixProduct(
            batch: a.dropLast(2).reduce(1, *),
            rows: a[a.count - 2],
            depth: a[a.count - 1],
            columns: b[b.count - 1]
        )
        let value = lowering.network.matrixProduct(first, second, product)
        lowering.hold(node.node.outputs[0], .vector, value, product.output)
        return true
    }

    @Sendable static func lowerSoftmax(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        guard let input = lowering.operand(node, 0), let type = lowering.type(input), type.rank > 0 else {
            return false
        }
        let context = node.operation.context
        let isFlat = context.version < 13
        var axis = try context.integer("axis", isFlat ? 1 : -1)
        axis += axis < 0 ? type.rank : 0
        guard type.shape.indices.contains(axis) else { return false }
        let width = type.shape[axis...].reduce(1, *)
        guard isFlat || width == type.shape[axis], let vector = lowering.vector(input) else { return false }
        let value = lowering.network.softmax(vector, width: width)
        lowering.hold(node.node.outputs[0], .vector, value, FeatureMapShape(channels: type.count))
        return true
    }

    /// Attention in one node, with as many heads of keys as of queries and without a mask.
    @Sendable static func lowerAttention(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        let context = node.operation.context
        guard node.node.inputs.dropFirst(3).allSatisfy(\.isEmpty), try !context.flag("is_causal"),
            try context.number("softcap", 0) == 0, let query = lowering.operand(node, 0),
            let key = lowering.operand(node, 1), let value = lowering.operand(node, 2),
            let q = lowering.type(query)?.shape, let k = lowering.type(key)?.shape,
            let v = lowering.type(value)?.shape, q.count == 4, k.count == 4, v.count == 4, q[0] == k[0], q[1] == k[1],
            k[..<3] == v[..<3], q[3] == k[3], let queries = lowering.vector(query),
            let keys = lowering.vector(key), let values = lowering.vector(value)
        else { return false }
        let batch = q[0] * q[1]
        let scale = try context.float("scale") ?? 1 / Float(q[3]).squareRoot()
        let scores = MatrixProduct(batch: batch, rows: q[2], depth: q[3], columns: k[2], isTransposed: true)
        let mixture = MatrixProduct(batch: batch, rows: q[2], depth: k[2], columns: v[3])
        var x = lowering.network.affine(queries, factor: scale, summand: 0)
        x = lowering.network.matrixProduct(x, keys, scores)
        x = lowering.network.softmax(x, width: k[2])
        x = lowering.network.matrixProduct(x, values, mixture)
        lowering.hold(node.node.outputs[0], .vector, x, mixture.output)
        return true
    }

    /// At a test for what is not a number: zeros in its place.
    @Sendable static func lowerTest(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        let (input, test) = (node.node.inputs[0], node.node.outputs[0])
        guard let next = lowering.onlyConsumer(of: test), next.node.node.operatorType == "Where",
            next.node.node.inputs.count == 3, next.node.node.inputs[0] == test, next.node.node.inputs[2] == input,
            try lowering.number(next.node.node.inputs[1]) == 0, let type = lowering.type(input),
            lowering.type(next.node.node.outputs[0])?.shape == type.shape, lowering.isFloat(input),
            let vector = lowering.vector(input)
        else { return false }
        lowering.take(next.index)
        let value = lowering.network.general(ZeroForNaN(count: type.count), [vector])
        lowering.hold(next.node.node.outputs[0], .vector, value, FeatureMapShape(channels: type.count))
        return true
    }
}

/// Zeros in place of what is not a number.
private struct ZeroForNaN: GeneralOperation {
    let count: Int

    var name: String { "Where" }
    var inputCounts: [Int] { [count] }
    var outputCount: Int { count }

    func evaluate(_ inputs: [[Float]]) -> [Float] { inputs[0].map { $0.isNaN ? 0 : $0 } }
}

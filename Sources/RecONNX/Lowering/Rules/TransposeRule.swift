internal import RecNetwork

/// Transpositions: those that turn channels first into channels last, or back, change nothing in the network.
enum TransposeRule {
    @Sendable static func lower(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        let output = node.node.outputs[0]
        guard let input = lowering.operand(node, 0), let type = lowering.type(input) else { return false }
        let permutation = try node.operation.context.integers("perm") ?? Array((0..<type.rank).reversed())
        let real = permutation.filter { type.shape[$0] > 1 }
        guard let split = rotation(real) else { return try MoveRule.lower(node, &lowering) }
        guard split > 0 else {
            lowering.alias(output, to: input)
            return true
        }
        let dims = real.sorted().map { type.shape[$0] }
        let outer = dims[..<split].reduce(1, *)
        let inner = dims[split...].reduce(1, *)
        guard let source = lowering.held[input] else { return false }
        if let map = source.forms[.rows(channels: inner)] {
            lowering.hold(output, .planes(channels: inner), map.value, map.shape)
        } else if let map = lowering.value(input, .planes(channels: outer)) {
            lowering.hold(output, .rows(channels: outer), map.value, map.shape)
        } else {
            return false
        }
        return true
    }

    /// The number of dimensions that move behind the others, when the permutation does nothing else.
    private static func rotation(_ permutation: [Int]) -> Int? {
        let sorted = permutation.sorted()
        guard let first = permutation.first, let split = sorted.firstIndex(of: first) else { return 0 }
        return Array(sorted[split...] + sorted[..<split]) == permutation ? split : nil
    }
}

extension FoldedGraph {
    /// Moves each convolution to the first one that reads the same value, if it needs nothing else that is computed.
    ///
    /// The projection of a residual block, which exporters put at its end, then reads the block's input while that is in a
    /// cache.
    ///
    /// - Complexity: Proportional to nodes and their operands.
    mutating func bringConvolutionsTogether() {
        var readers: [String: [Int]] = [:]
        for (index, node) in nodes.enumerated() where movesEarly(node) {
            readers[node.node.inputs[0], default: []].append(index)
        }
        var isPlaced = [Bool](repeating: false, count: nodes.count)
        var order: [Int] = []
        for (index, node) in nodes.enumerated() where !isPlaced[index] {
            let together = movesEarly(node) ? readers[node.node.inputs[0]] ?? [] : [index]
            for reader in together where !isPlaced[reader] {
                isPlaced[reader] = true
                order.append(reader)
            }
        }
        nodes = order.map { nodes[$0] }
    }

    /// Whether a node is a convolution whose weights are constants.
    private func movesEarly(_ node: Node) -> Bool {
        let inputs = node.node.inputs
        return node.node.operatorType == "Conv" && node.node.domain.isEmpty
            && inputs.dropFirst().allSatisfy { $0.isEmpty || constants[$0] != nil }
    }
}

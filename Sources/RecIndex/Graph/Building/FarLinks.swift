internal import RecCompute

/// Links between nodes that lie far apart, without which a walk does not leave its cluster.
///
/// Every sixteenth node leads to some of the nearest such nodes, every 256th to some of the nearest of these, as on the
/// layers of HNSW (Malkov and Yashunin 2016), but in one graph.
struct FarLinks {
    /// Links of a node, at most.
    static let limit = 8
    private static let candidates = 32
    /// How many nodes there are for each of a layer, of the sparsest layer first.
    private static let layers = [256, 16]
    /// Nodes of a layer, at least.
    private static let least = 16
    /// Nodes of a layer up to which all are compared with each other; in a larger one, those of near lists are.
    static let few = 1 << 13

    private var links: [UInt32: [UInt32]] = [:]

    /// - Parameters:
    ///   - table: All nodes in their order.
    ///   - order: The lists; the nodes in them are linked.
    ///   - selection: What chooses among near nodes.
    ///   - few: Nodes of a layer up to which all are compared with each other.
    ///   - team: The threads.
    ///   - query: The query that stands for a node.
    init(
        _ table: GraphTable,
        _ order: NodeOrder,
        _ selection: EdgeSelection,
        few: Int,
        team: ThreadTeam,
        query: (Int) -> NodeQuery
    ) {
        for spacing in Self.layers {
            let nodes = stride(from: 0, to: order.differentCount, by: spacing).map { UInt32($0) }
            guard nodes.count >= Self.least else { continue }
            let listOfNode = nodes.count > few ? order.listOfEachNode() : []
            let found = SharedNumbers<UInt32>(repeating: GraphTable.noNode, count: nodes.count * Self.limit)
            let layer = table.with(only: nodes)
            team.run(units: nodes.count) { number, _ in
                let node = Int(nodes[number])
                guard links[nodes[number]] == nil else { return }
                var near: [NodeCandidate] = []
                var least = -Float.infinity
                let own = query(node)
                func scan(_ range: Range<Int>) {
                    layer.scan(range, for: own, above: least, into: &near)
                    guard near.count > 4 * Self.candidates else { return }
                    near.partition(best: Self.candidates)
                    near.removeLast(near.count - Self.candidates)
                    least = near.reduce(.infinity) { min($0, $1.score) }
                }
                if listOfNode.isEmpty {
                    for first in stride(from: 0, to: nodes.count, by: 512) {
                        scan(first..<min(first + 512, nodes.count))
                    }
                } else {
                    for list in order.near[Int(listOfNode[node])] {
                        let range = order.lists[list]
                        scan((range.lowerBound + spacing - 1) / spacing..<(range.upperBound + spacing - 1) / spacing)
                    }
                }
                let best = near.best(Self.candidates).map { nodes[Int($0.node)] }
                let chosen = selection.chosen(best, for: node, limit: Self.limit)
                found.write(number * Self.limit..<(number + 1) * Self.limit) { found in
                    for (place, other) in chosen.enumerated() { found[place] = other }
                }
            }
            found.read { found in
                for (number, node) in nodes.enumerated() where links[node] == nil {
                    links[node] = (number * Self.limit..<(number + 1) * Self.limit)
                        .map { found[$0] }.filter { $0 != GraphTable.noNode }
                }
            }
        }
    }

    /// The nodes that a node leads to.
    subscript(node: Int) -> [UInt32] { links[UInt32(node)] ?? [] }
}

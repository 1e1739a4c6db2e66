internal import RecCompute
internal import RecFiles

/// The nodes that each node leads to.
struct GraphLinks {
    /// Nodes that a node leads to when the graph is built.
    ///
    /// The last two places are left for one that is reached no other
    /// way, and for one that repeats the node.
    private static let limit = GraphShape.degree - 2
    /// Nodes that lead to one and that it may lead back to, at most.
    private static let mostBack = 256
    private static let piece = 64

    /// The number of nodes, those that repeat another included.
    let count: Int
    /// The nodes that each node leads to, `[node][degree]`.
    private(set) var nodes: [UInt32]
    private var counts: [UInt8]

    /// Chooses among the candidates of each node, and among the nodes that lead to it.
    ///
    /// - Parameters:
    ///   - count: The number of nodes.
    ///   - differentCount: The number of those that are linked.
    ///   - selection: What chooses among candidates.
    ///   - far: The nodes that a node leads to besides those that are chosen; ``FarLinks/limit`` of them at most.
    ///   - team: The threads.
    ///   - candidates: The candidates of a node, for one of the threads.
    init(
        count: Int,
        differentCount: Int,
        _ selection: EdgeSelection,
        far: FarLinks,
        team: ThreadTeam,
        candidates: (Int, Int) -> [UInt32]
    ) {
        self.count = count
        nodes = [UInt32](repeating: GraphTable.noNode, count: count * GraphShape.degree)
        counts = [UInt8](repeating: 0, count: count)
        let forward = Self.chosen(differentCount, team: team) { node, participant in
            selection.chosen(candidates(node, participant), for: node, limit: Self.limit)
        }
        var starts = [Int](repeating: 0, count: differentCount + 1)
        for target in forward where target != GraphTable.noNode { starts[Int(target) + 1] += 1 }
        for node in 0..<differentCount { starts[node + 1] += starts[node] }
        var back = [UInt32](repeating: 0, count: starts[differentCount])
        var next = starts
        for node in 0..<differentCount {
            for target in forward[node * GraphShape.degree..<(node + 1) * GraphShape.degree]
            where target != GraphTable.noNode {
                back[next[Int(target)]] = UInt32(node)
                next[Int(target)] += 1
            }
        }
        let both = Self.chosen(differentCount, team: team) { node, _ in
            let own = forward[node * GraphShape.degree..<(node + 1) * GraphShape.degree]
                .filter { $0 != GraphTable.noNode }
            let others = own + back[starts[node]..<min(starts[node + 1], starts[node] + Self.mostBack)]
            let links = far[node]
            let near = selection.chosen(others, for: node, limit: Self.limit - links.count)
            return near + links.filter { !near.contains($0) }
        }
        for (place, node) in both.enumerated() where node != GraphTable.noNode {
            nodes[place] = node
            counts[place / GraphShape.degree] += 1
        }
    }

    /// Makes a node lead to another, if it has a place left.
    mutating func add(_ other: UInt32, to node: Int, upTo limit: Int = Self.limit) -> Bool {
        guard counts[node] < limit else { return false }
        nodes[node * GraphShape.degree + Int(counts[node])] = other
        counts[node] += 1
        return true
    }

    /// The nodes that a node leads to.
    func targets(of node: Int) -> ArraySlice<UInt32> {
        nodes[node * GraphShape.degree..<node * GraphShape.degree + Int(counts[node])]
    }

    /// What `choose` gives for each node, `[node][degree]`.
    private static func chosen(
        _ count: Int,
        team: ThreadTeam,
        _ choose: (Int, Int) -> [UInt32]
    ) -> [UInt32] {
        let all = SharedNumbers<UInt32>(repeating: GraphTable.noNode, count: count * GraphShape.degree)
        team.run(units: (count + piece - 1) / piece) { unit, participant in
            for node in unit * piece..<min((unit + 1) * piece, count) {
                let chosen = choose(node, participant)
                all.write(node * GraphShape.degree..<(node + 1) * GraphShape.degree) { target in
                    for (place, other) in chosen.enumerated() { target[place] = other }
                }
            }
        }
        return NumberArray(all).array(0..<count * GraphShape.degree)
    }
}

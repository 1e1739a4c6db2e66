internal import RecCompute

/// The nearest nodes of each node, by estimated scores, among those of the lists near its own.
struct NearestNodes {
    /// Neighbours of a node, at most.
    let limit: Int
    /// `[node][limit]`, best first; ``GraphTable/noNode`` beyond the last.
    private let nodes: SharedNumbers<UInt32>

    /// - Parameters:
    ///   - table: All nodes in their order.
    ///   - order: The lists.
    ///   - limit: Neighbours of a node, at most.
    ///   - team: The threads.
    ///   - query: The query that stands for a node.
    ///   - progress: Gets the share that is done.
    /// - Throws: The errors of `progress`.
    init(
        _ table: GraphTable,
        _ order: NodeOrder,
        limit: Int,
        team: ThreadTeam,
        query: (Int) -> NodeQuery,
        progress: ((Double) throws -> Void)?
    ) throws {
        self.limit = limit
        let nodes = SharedNumbers<UInt32>(repeating: GraphTable.noNode, count: order.differentCount * limit)
        self.nodes = nodes
        let batch = 32
        for first in stride(from: 0, to: order.lists.count, by: batch) {
            team.run(units: min(batch, order.lists.count - first)) { unit, _ in
                let list = first + unit
                let members = order.lists[list]
                let queries = members.map(query)
                var found = [[NodeCandidate]](repeating: [], count: members.count)
                var least = [Float](repeating: -.infinity, count: members.count)
                // One list after another for all members, so that its records stay in a core's cache.
                for other in order.near[list] {
                    for (place, query) in queries.enumerated() {
                        table.scan(order.lists[other], for: query, above: least[place], into: &found[place])
                        guard found[place].count > 4 * limit else { continue }
                        found[place].partition(best: limit + 1)
                        found[place].removeLast(found[place].count - limit - 1)
                        least[place] = found[place].reduce(.infinity) { min($0, $1.score) }
                    }
                }
                nodes.write(members.lowerBound * limit..<members.upperBound * limit) { nodes in
                    for (place, node) in members.enumerated() {
                        let best = found[place].filter { $0.node != node }.best(limit)
                        for (rank, candidate) in best.enumerated() { nodes[place * limit + rank] = candidate.node }
                    }
                }
            }
            try progress?(Double(min(first + batch, order.lists.count)) / Double(order.lists.count))
        }
    }

    /// The nearest nodes of a node, nearest first.
    subscript(node: Int) -> [UInt32] {
        nodes.read(node * limit..<(node + 1) * limit) { nodes in
            nodes.indices.map { nodes[$0] }.filter { $0 != GraphTable.noNode }
        }
    }
}

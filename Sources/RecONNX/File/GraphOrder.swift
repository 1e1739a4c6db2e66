internal import RecCore

/// Brings the nodes of a graph into an order in which each comes after those it depends on.
enum GraphOrder {
    /// Sorts nodes; those that are in order keep their places.
    ///
    /// - Complexity: Proportional to nodes and their operands.
    static func sort(_ graph: inout ONNXGraph, _ corrupt: (String) -> RecError) throws {
        var makers: [String: Int] = [:]
        for (number, node) in graph.nodes.enumerated() {
            for output in node.outputs where !output.isEmpty {
                guard graph.constants[output] == nil, makers.updateValue(number, forKey: output) == nil else {
                    throw corrupt("Two values have the name '\(output)'.")
                }
            }
        }
        for input in graph.inputs where makers[input.name] != nil {
            throw corrupt("A node computes the input '\(input.name)'.")
        }
        let needs = graph.nodes.map { node in node.usedNames.compactMap { makers[$0] } }
        guard needs.enumerated().contains(where: { number, needed in needed.contains { $0 >= number } }) else { return }
        try place(&graph.nodes, needs, corrupt)
    }

    private static func place(_ nodes: inout [ONNXNode], _ needs: [[Int]], _ corrupt: (String) -> RecError) throws {
        // 0: not met, 1: being placed, 2: placed.
        var state = [UInt8](repeating: 0, count: nodes.count)
        var order: [Int] = []
        for root in nodes.indices where state[root] == 0 {
            var path = [(node: root, next: 0)]
            state[root] = 1
            while let (node, next) = path.last {
                guard next < needs[node].count else {
                    state[node] = 2
                    order.append(node)
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let needed = needs[node][next]
                if state[needed] == 1 { throw corrupt("The node '\(nodes[needed].name)' depends on itself.") }
                guard state[needed] == 0 else { continue }
                state[needed] = 1
                path.append((needed, 0))
            }
        }
        nodes = order.map { nodes[$0] }
    }
}

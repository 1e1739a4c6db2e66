/// Makes every node reachable from the entries.
struct GraphReach {
    private var links: GraphLinks
    private var isReached: [Bool]
    private var waiting: [UInt32] = []

    /// Nodes that are looked at for one to lead to another, and the places that this and repeated nodes may take.
    private static let width = 64
    private static let limit = GraphShape.degree - 1

    /// Completes links.
    ///
    /// - Parameters:
    ///   - links: The links.
    ///   - table: The nodes with these links.
    ///   - order: The nodes that are different, and those that repeat them.
    ///   - entries: The nodes that searches start from.
    ///   - query: The query that stands for a node.
    /// - Returns: Links that lead to every node.
    static func completed(
        _ links: GraphLinks,
        _ table: GraphTable,
        _ order: NodeOrder,
        entries: [UInt32],
        query: (Int) -> NodeQuery
    ) -> GraphLinks {
        var reach = GraphReach(links: links, isReached: [Bool](repeating: false, count: order.differentCount))
        for entry in entries { reach.take(entry) }
        reach.walk()
        let room = GraphRoom()
        for node in 0..<order.differentCount where !reach.isReached[node] {
            let near = table.search(query(node), width: width, wanted: width, room: room).found.map(\.node)
            reach.lead(to: node, from: near)
            reach.take(UInt32(node))
            reach.walk()
        }
        reach.chain(order)
        return reach.links
    }

    private init(links: GraphLinks, isReached: [Bool]) {
        self.links = links
        self.isReached = isReached
    }

    private mutating func take(_ node: UInt32) {
        guard !isReached[Int(node)] else { return }
        isReached[Int(node)] = true
        waiting.append(node)
    }

    private mutating func walk() {
        while let node = waiting.popLast() {
            for target in links.targets(of: Int(node)) { take(target) }
        }
    }

    /// Makes one of some nodes, or the next one in the order that is reached, lead to a node.
    private mutating func lead(to node: Int, from near: [UInt32]) {
        for other in near where isReached[Int(other)] {
            if links.add(UInt32(node), to: Int(other), upTo: Self.limit) { return }
        }
        for distance in 1..<max(isReached.count, 2) {
            for other in [node - distance, node + distance]
            where isReached.indices.contains(other) && isReached[other] {
                if links.add(UInt32(node), to: other, upTo: Self.limit) { return }
            }
        }
    }

    /// Leads from a node to the first that repeats it, and from each of these to the next.
    private mutating func chain(_ order: NodeOrder) {
        for (place, original) in order.originals.enumerated() {
            let node = order.differentCount + place
            let isFirst = place == 0 || order.originals[place - 1] != original
            let added = links.add(UInt32(node), to: isFirst ? Int(original) : node - 1, upTo: GraphShape.degree)
            precondition(added, "a place is kept for a node that repeats another")
        }
    }
}

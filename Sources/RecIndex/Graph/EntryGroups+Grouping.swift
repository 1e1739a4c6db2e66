extension EntryGroups {
    /// Groups the entries of a graph.
    ///
    /// Each belongs to the centre that is most similar by its codes; centres are evenly spaced entries.
    ///
    /// - Parameters:
    ///   - table: The nodes; its neighbours and entries are not looked at.
    ///   - linkedCount: The number of nodes before those that repeat another.
    ///   - query: The query of a node.
    /// - Complexity: O(entries^1.5)
    package init(of table: GraphTable, linkedCount: Int, query: (Int) -> NodeQuery) {
        let entries = Self.entries(linkedCount: linkedCount)
        let count = min(entries.count, max(1, Int((2 * Double(entries.count).squareRoot()).rounded())))
        let centres = (0..<count).map { entries[$0 * entries.count / count] }
        let centreTable = table.with(only: centres)
        var groups = [[UInt32]](repeating: [], count: count)
        var scores: [NodeCandidate] = []
        for entry in entries {
            scores.removeAll(keepingCapacity: true)
            centreTable.scan(0..<count, for: query(Int(entry)), above: -.infinity, into: &scores)
            // Damaged records may have scores that are no numbers; their nodes are entries all the same.
            groups[Int(scores.min { $0.precedes($1) }?.node ?? 0)].append(entry)
        }
        var starts: [UInt32] = [0]
        for group in groups { starts.append(starts[starts.count - 1] + UInt32(group.count)) }
        self.init(centres: centres, starts: starts, nodes: groups.flatMap(\.self))
    }

    /// The greatest number of nodes of which every 16th is an entry; in larger graphs, every 64th is.
    private static let few = 1 << 14
    /// The greatest number of entries.
    private static let most = 1 << 16

    /// Evenly spaced nodes.
    ///
    /// In graphs of more than 64, their numbers are multiples of 16: such nodes lead far away.
    package static func entries(linkedCount: Int) -> [UInt32] {
        var spacing = linkedCount > few ? 64 : 16
        while (linkedCount + spacing - 1) / spacing > most { spacing *= 2 }
        return stride(from: 0, to: linkedCount, by: linkedCount > 64 ? spacing : 1).map { UInt32($0) }
    }
}

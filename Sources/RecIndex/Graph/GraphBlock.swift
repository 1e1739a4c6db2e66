internal import RecCompute
internal import RecCore
internal import RecFiles

/// The graph of a table's vectors, prepared for searches together with its other blocks.
///
/// A class, since a search refers to it for each node, and copying its arrays would count a reference to each.
final class GraphBlock: Sendable {
    let graph: ProductGraph
    /// The position in the space of the block whose vectors are nodes.
    let position: Int
    /// The nodes for the kernels.
    let table: GraphTable
    /// Rows that lack the block and so are no nodes.
    let looseRows: [UInt32]

    private let known: PatternCache<SlotPatterns>
    private let measuredWalk = LockedValue<WalkLength?>(nil)
    /// Room that ended searches left, at most as much as ran at once.
    private let rooms = LockedValue<[GraphRoom]>([])

    /// - Precondition: The graph is one of the table's ``QuantizedBlock/vectors(of:)``.
    init?(_ graph: ProductGraph, of embeddings: BlockTable) {
        guard let (position, dense) = QuantizedBlock.vectors(of: embeddings) else { return nil }
        self.graph = graph
        self.position = position
        table = graph.table(records: Self.near(graph.records), neighbours: Self.near(graph.neighbours))
        looseRows = dense.absentRows()
        known = PatternCache(embeddings, besides: position)
    }

    /// Bytes of a mapped file up to which they are copied.
    private static let mostCopied = 64 << 20

    /// The same numbers in memory with large pages, if they are few: a search reads them here and there, and with the
    /// small pages of a mapped file most of that time goes into addresses.
    private static func near<Number>(_ numbers: NumberArray<Number>) -> NumberArray<Number> {
        guard numbers.count * MemoryLayout<Number>.stride <= mostCopied else { return numbers }
        return NumberArray(SharedNumbers(numbers.array(0..<numbers.count)))
    }

    /// How many nodes searches score; measured when it is first asked for.
    var walk: WalkLength {
        measuredWalk.withLock { known in
            let walk = known ?? WalkLength(of: graph, in: table)
            known = walk
            return walk
        }
    }

    /// The best nodes for a query, as ``GraphTable`` finds them, in room of an earlier search.
    func search(
        _ query: NodeQuery,
        patterns: NodePatterns?,
        allowed: [UInt64]?,
        width: Int,
        wanted: Int
    ) -> [NodeCandidate] {
        let room = rooms.withLock { $0.popLast() } ?? GraphRoom()
        defer { if !room.isLarge { rooms.withLock { $0.append(room) } } }
        return table.search(query, patterns: patterns, allowed: allowed, width: width, wanted: wanted, room: room).found
    }

    /// The patterns of nodes for a query; `nil` when one of its other blocks has no groups.
    ///
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    /// - Complexity: O(number of nodes) for the first query of its kind
    func patterns(for query: SearchQuery) throws(RecError) -> SlotPatterns? {
        try known.value(for: query) { [graph] groups in SlotPatterns(graph.rows, groups) }
    }
}

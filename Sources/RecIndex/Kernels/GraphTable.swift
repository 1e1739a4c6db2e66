internal import CRecKernels
package import RecCompute
package import RecFiles

/// A node with its score.
package struct NodeCandidate: Sendable, Ranked {
    package var score: Float
    package var node: UInt32

    package init(score: Float, node: UInt32) {
        self.score = score
        self.node = node
    }

    /// By score, greatest first, then by node.
    package func precedes(_ other: NodeCandidate) -> Bool {
        score == other.score ? node < other.node : score > other.score
    }
}

/// A query against a ``GraphTable``; `rec_node_query` in CRecKernels says what the numbers mean.
package struct NodeQuery: Sendable {
    /// Codes from -127 to 127, two for each byte of a record; zeros where it has no codes.
    package var codes: [Int8]
    package var scale: Float
    package var tail: Float
    package var base: Float = 0

    package init(codes: [Int8], scale: Float, tail: Float, base: Float = 0) {
        precondition(codes.allSatisfy { $0 != .min }, "codes in range")
        self.init(checked: codes, scale: scale, tail: tail, base: base)
    }

    init(checked codes: [Int8], scale: Float, tail: Float, base: Float) {
        self.codes = codes
        self.scale = scale
        self.tail = tail
        self.base = base
    }
}

/// The slope and constant of each pattern, and the pattern of each node.
package struct NodePatterns: Sendable {
    let patternOfNode: NumberArray<UInt32>
    let numbers: [Float]

    /// - Precondition: Two numbers for each pattern, and no pattern beyond them.
    package init(patternOfNode: NumberArray<UInt32>, numbers: [Float]) {
        precondition(patternOfNode.areAll(below: numbers.count / 2), "patterns that exist")
        self.init(checked: patternOfNode, numbers: numbers)
    }

    init(checked patternOfNode: NumberArray<UInt32>, numbers: [Float]) {
        self.patternOfNode = patternOfNode.pinned()
        self.numbers = numbers
    }
}

/// The nodes of a graph for the kernels; `rec_graph` in CRecKernels says how they are laid out.
///
/// A class, so that searches keep its numbers where they are.
@safe
package final class GraphTable: Sendable {
    /// What stands for no node among neighbours.
    package static let noNode = UInt32.max

    package let recordSize: Int
    package let count: Int
    private let degree: Int
    private let records: NumberArray<UInt8>
    private let neighbours: NumberArray<UInt32>
    private let entries: NumberArray<UInt8>
    private let entryNodes: NumberArray<UInt32>
    private let centres: NumberArray<UInt8>
    private let groupStarts: NumberArray<UInt32>
    private let level: ProcessorLevel

    /// - Parameters:
    ///   - records: `[count][recordSize]`.
    ///   - recordSize: Bytes of a record.
    ///   - neighbours: `[count][degree]`; every node among them exists. May be empty, for a table that is only scanned.
    ///   - degree: Nodes that a node leads to, at most.
    ///   - entries: The nodes that searches may start from.
    ///   - level: Whose kernels, for tests to compare.
    package init(
        records: NumberArray<UInt8>,
        recordSize: Int,
        neighbours: NumberArray<UInt32>,
        degree: Int,
        entries: EntryGroups,
        level: ProcessorLevel = .best
    ) {
        precondition(recordSize > 0 && recordSize % GraphShape.line == 0, "whole lines")
        precondition(records.count % recordSize == 0 && degree <= Int(REC_MOST_NEIGHBOURS), "whole records")
        count = records.count / recordSize
        precondition(neighbours.count == count * degree || neighbours.count == 0, "neighbours of each node")
        let all = entries.nodes + entries.centres
        precondition(all.allSatisfy { [count] in $0 < count }, "entries that exist")
        self.recordSize = recordSize
        self.degree = degree
        self.records = records.pinned()
        self.neighbours = neighbours.pinned()
        self.level = level
        func copies(of nodes: [UInt32]) -> NumberArray<UInt8> {
            Self.copies(of: nodes, from: records, recordSize: recordSize).pinned()
        }
        entryNodes = NumberArray(entries.nodes).pinned()
        self.entries = copies(of: entries.nodes)
        centres = copies(of: entries.centres)
        groupStarts = NumberArray(entries.starts).pinned()
    }

    /// About as many records as a search compares to find the entries that it starts from.
    package var comparedEntries: Int {
        let groups = groupStarts.count - 1
        return groups == 0 ? 0 : groups + entryNodes.count * min(Int(REC_PROBES), groups) / groups
    }

    /// The best nodes for a query, best first, and the number of records that were compared.
    ///
    /// - Parameters:
    ///   - query: The query.
    ///   - patterns: What turns a cosine into a score; the score is the cosine when `nil`.
    ///   - allowed: A bit for each node that may be in the answer, 64 a number; all may when `nil`.
    ///   - width: Nodes that are walked on from.
    ///   - wanted: The number of nodes; at most `width` where all are allowed.
    ///   - room: What the search writes into; one search at a time.
    /// - Returns: The nodes, and how many records were compared.
    package func search(
        _ query: NodeQuery,
        patterns: NodePatterns? = nil,
        allowed: [UInt64]? = nil,
        width: Int,
        wanted: Int,
        room: GraphRoom
    ) -> (found: [NodeCandidate], met: Int) {
        precondition(query.codes.count == 2 * recordSize, "a query of the table's size")
        precondition(allowed.map { $0.count * 64 >= count } ?? (wanted <= width), "a bit for each node")
        precondition(patterns.map { $0.patternOfNode.count == count } ?? true, "a pattern for each node")
        guard count > 0, width > 0, wanted > 0, entryNodes.count > 0, neighbours.count > 0 else { return ([], 0) }
        room.prepare(width: width, wanted: wanted, degree: degree, count: count)
        var met = 0
        var found = 0
        let graph = unsafe raw
        unsafe withRaw(query, patterns, allowed) { query in
            unsafe withUnsafePointer(to: graph) { graph in
                found = unsafe level.kernels.pointee.graph.search(graph, query, width, wanted, &room.raw, &met)
            }
        }
        return (room.found(found), met)
    }

    /// Adds the nodes of a range with a score above `least`.
    package func scan(_ range: Range<Int>, for query: NodeQuery, above least: Float, into found: inout [NodeCandidate])
    {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "nodes of the table")
        precondition(query.codes.count == 2 * recordSize, "a query of the table's size")
        guard !range.isEmpty else { return }
        let graph = unsafe raw
        unsafe withRaw(query, nil, nil) { query in
            unsafe withUnsafeTemporaryAllocation(of: rec_node.self, capacity: range.count + 4) { room in
                guard let target = room.baseAddress else { return }
                let kept = unsafe withUnsafePointer(to: graph) { graph in
                    unsafe level.kernels.pointee.graph.scan(
                        graph,
                        query,
                        range.lowerBound,
                        range.upperBound,
                        least,
                        target
                    )
                }
                for place in 0..<kept {
                    found.append(unsafe NodeCandidate(score: target[place].score, node: target[place].node))
                }
            }
        }
    }

    /// Writes the inner products of some codes with those of nodes, all of them or the first `count`, to the front of
    /// `products`.
    package func products(of codes: [Int8], with nodes: [UInt32], count: Int? = nil, into products: inout [Int32]) {
        let number = count ?? nodes.count
        precondition(codes.count == 2 * recordSize && products.count >= number, "room for the products")
        precondition(nodes.allSatisfy { $0 < self.count }, "nodes of the table")
        let graph = unsafe raw
        unsafe withUnsafePointer(to: graph) { graph in
            unsafe level.kernels.pointee.graph.products_of_nodes(graph, codes, nodes, number, &products)
        }
        extendLifetime(self)
    }

    /// A table of some of the nodes, to be scanned.
    package func with(only nodes: [UInt32]) -> GraphTable {
        GraphTable(
            records: Self.copies(of: nodes, from: records, recordSize: recordSize),
            recordSize: recordSize,
            neighbours: NumberArray([]),
            degree: degree,
            entries: .none,
            level: level
        )
    }

    /// The records of some nodes, one after another.
    private static func copies(
        of nodes: [UInt32],
        from records: NumberArray<UInt8>,
        recordSize: Int
    ) -> NumberArray<UInt8> {
        var copies: [UInt8] = []
        copies.reserveCapacity(nodes.count * recordSize)
        records.withSpan { records in
            for node in nodes {
                for place in Int(node) * recordSize..<(Int(node) + 1) * recordSize { copies.append(records[place]) }
            }
        }
        return NumberArray(copies)
    }

    /// The numbers of a node.
    package func numbers(of node: Int) -> NodeNumbers {
        records.withSpan(node * recordSize..<(node + 1) * recordSize) { NodeNumbers($0) }
    }

    /// The nodes that a node leads to.
    package func neighbours(of node: Int) -> [UInt32] {
        neighbours.array(node * degree..<(node + 1) * degree).filter { $0 != GraphTable.noNode }
    }

    /// The table for the kernels, good as long as it lives.
    @unsafe
    private var raw: rec_graph {
        unsafe rec_graph(
            records: records.pinnedAddress,
            record_size: recordSize,
            neighbours: neighbours.pinnedAddress,
            degree: degree,
            entries: entries.pinnedAddress,
            entry_nodes: entryNodes.pinnedAddress,
            centres: centres.pinnedAddress,
            group_starts: groupStarts.pinnedAddress,
            group_count: groupStarts.count - 1
        )
    }

    /// Lends a query for the kernels.
    @unsafe
    private func withRaw(
        _ query: NodeQuery,
        _ patterns: NodePatterns?,
        _ allowed: [UInt64]?,
        _ body: (UnsafePointer<rec_node_query>) -> Void
    ) {
        unsafe query.codes.withUnsafeBufferPointer { codes in
            unsafe (patterns?.numbers ?? []).withUnsafeBufferPointer { numbers in
                unsafe (allowed ?? []).withUnsafeBufferPointer { allowedBits in
                    var raw = unsafe rec_node_query(
                        codes: codes.baseAddress,
                        scale: query.scale,
                        tail: query.tail,
                        base: query.base,
                        pattern_of_node: patterns?.patternOfNode.pinnedAddress,
                        patterns: numbers.baseAddress,
                        allowed: allowed == nil ? nil : allowedBits.baseAddress
                    )
                    unsafe body(&raw)
                }
            }
        }
        extendLifetime(patterns)
        extendLifetime(self)
    }
}

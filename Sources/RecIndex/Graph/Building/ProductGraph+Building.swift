internal import RecCompute
package import RecFiles

extension ProductGraph {
    /// Neighbours of a node that are chosen from, and nodes on the way to it that are as well.
    private static let nearest = 40
    private static let way = 32

    /// Builds the graph of rows; the same rows give the same bytes for any number of threads.
    ///
    /// The nearest nodes of each node, by estimated cosines, are found among lists of neighbours. From them, those are
    /// chosen that lie in different directions; then, as in NSG (Fu et al. 2019), also from the nodes that a search for
    /// the node meets. Some nodes lead far away (``FarLinks``). It takes about five times the bytes of the records, and a
    /// sample of 8,192 rows.
    ///
    /// - Parameters:
    ///   - rows: Rows of length 1, or of zeros.
    ///   - isPresent: Whether each row has the block.
    ///   - threads: The number of threads.
    ///   - fewFarNodes: Nodes that lead far away, up to which all are compared with each other; for tests.
    ///   - progress: Called at intervals with the finished share, on the calling thread; an error from it ends the
    ///     work.
    /// - Throws: The errors of `progress`.
    /// - Complexity: O(rows * dimension * directions), and O(rows^2 / 256) for the lists
    package init(
        rows: FloatRows,
        isPresent: NumberArray<UInt8>,
        threads: Int,
        fewFarNodes: Int? = nil,
        progress: ((Double) throws -> Void)? = nil
    ) throws {
        precondition(rows.rowCount == isPresent.count, "one flag for each row")
        precondition(rows.rowCount < Int(UInt32.max) / 2, "rows are numbered by 31 bits")
        let team = ThreadTeam(count: threads)
        let sample = RowSample(rows, isPresent)
        let shape = GraphShape(dimension: rows.dimension, count: sample.present.count)
        try progress?(0)
        let directions = NodeDirections(sample, shape: shape, team: team)
        let encoded = try NodeRecords(sample, directions, team: team) { try progress?(0.1 + 0.2 * $0) }
        let order = NodeOrder(encoded, team: team)
        try progress?(0.4)

        let rowOfNode = order.places.map { sample.present[Int($0)] }
        let records = Self.ordered(encoded.records, by: order.places, size: shape.recordSize)
        func table(_ links: GraphLinks?, entries: EntryGroups = .none) -> GraphTable {
            GraphTable(
                records: records,
                recordSize: shape.recordSize,
                neighbours: NumberArray(links?.nodes ?? []),
                degree: GraphShape.degree,
                entries: entries
            )
        }
        let codes = NodeCodes(
            codes: Self.ordered(encoded.codes, by: order.places, size: encoded.codeSize),
            size: encoded.codeSize,
            step: encoded.step
        )
        let bare = table(nil)
        let correlation = TailCorrelation.estimate(
            bare,
            order,
            rows,
            rowOfNode: rowOfNode,
            codes: codes,
            meanSquare: directions.meanSquare
        )
        func query(_ node: Int) -> NodeQuery {
            NodeQuery(codes: codes[node], scale: codes.step, tail: correlation * bare.numbers(of: node).tail)
        }
        let nearest = try NearestNodes(bare, order, limit: Self.nearest, team: team, query: query) {
            try progress?(0.4 + 0.3 * $0)
        }
        let selection = EdgeSelection(bare, codes, correlation: correlation, count: order.differentCount)
        let far = FarLinks(
            bare,
            order,
            selection,
            few: fewFarNodes ?? FarLinks.few,
            team: team,
            query: query
        )
        let entries = EntryGroups(of: bare, linkedCount: order.differentCount, query: query)
        func links(_ candidates: (Int, Int) -> [UInt32]) -> GraphLinks {
            GraphLinks(
                count: shape.count,
                differentCount: order.differentCount,
                selection,
                far: far,
                team: team,
                candidates: candidates
            )
        }
        let first = table(links { node, _ in nearest[node] }, entries: entries)
        try progress?(0.8)
        let rooms = (0..<team.count).map { _ in GraphRoom() }
        let second = links { node, participant in
            let way = first.search(query(node), width: Self.way, wanted: Self.way, room: rooms[participant]).found
            return nearest[node] + way.map(\.node)
        }
        try progress?(0.95)
        let completed = GraphReach.completed(
            second,
            table(second, entries: entries),
            order,
            entries: entries.nodes,
            query: query
        )

        let (directionCodes, factors) = Self.coded(shape) { directions.directions[$0 * shape.dimension + $1] }
        self.init(
            shape: shape,
            linkedCount: order.differentCount,
            mean: NumberArray(directions.mean),
            directions: directionCodes,
            directionFactors: factors,
            correlation: correlation,
            rows: NumberArray(rowOfNode),
            records: records,
            neighbours: NumberArray(completed.nodes)
        )
        try progress?(1)
    }

    /// Records in the order of nodes.
    private static func ordered<Byte: FixedWidthInteger & BitwiseCopyable & Sendable>(
        _ records: SharedNumbers<Byte>,
        by places: [UInt32],
        size: Int
    ) -> NumberArray<Byte> {
        let ordered = SharedNumbers<Byte>(repeating: 0, count: records.count)
        ordered.write { target in
            records.read { source in
                for (node, place) in places.enumerated() {
                    let (from, to) = (Int(place) * size, node * size)
                    for byte in 0..<size { target[to + byte] = source[from + byte] }
                }
            }
        }
        return NumberArray(ordered)
    }
}

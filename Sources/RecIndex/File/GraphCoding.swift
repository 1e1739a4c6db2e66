internal import RecCore
internal import RecFiles

extension IndexFileReader {
    /// The graph of a dense block, or `nil` when the file has none.
    func readGraph(_ number: Int, _ dense: DenseBlock) throws -> ProductGraph? {
        guard version >= FileFormat.byteGraphVersion, has(.graphDirections, number) else { return nil }
        let bad = FileDamage.corrupt("the graph of block \(number) is not consistent")
        let rowCount = dense.rows.rowCount
        let nodeCount = dense.isPresent.withSpan { flags in flags.indices.count { flags[$0] == 1 } }
        let shape = GraphShape(dimension: dense.rows.dimension, count: nodeCount)
        let rows = try parse(.graphRows, number) { try $0.readNumbers(of: UInt32.self, count: nodeCount) }
        let neighbours = try parse(.graphNeighbours, number) {
            try $0.readNumbers(of: UInt32.self, count: nodeCount * GraphShape.degree)
        }
        let graph: ProductGraph
        if version == FileFormat.byteGraphVersion {
            let old = try readByteGraph(number, shape)
            guard let read = old.graph(rows: rows, neighbours: neighbours) else { throw bad }
            graph = read
        } else {
            let records = try parse(.graphRecords, number) {
                try $0.readNumbers(of: UInt8.self, count: nodeCount * shape.recordSize)
            }
            graph = try parse(.graphDirections, number) { reader in
                let linkedCount = Int(try reader.read(UInt32.self))
                let correlation = Float(bitPattern: try reader.read(UInt32.self))
                return ProductGraph(
                    shape: shape,
                    linkedCount: linkedCount,
                    mean: try reader.readNumbers(of: Float.self, count: shape.dimension),
                    directions: try reader.readNumbers(of: UInt8.self, count: shape.codeCount * shape.directionSize),
                    directionFactors: try (0..<shape.codeCount).map { _ in
                        Float(bitPattern: try reader.read(UInt32.self))
                    },
                    correlation: correlation,
                    rows: rows,
                    records: records,
                    neighbours: neighbours
                )
            }
        }
        guard nodeCount > 0, graph.isConsistent(rowCount: rowCount), graph.hasOneNodeForEachRow(of: dense.isPresent)
        else { throw bad }
        return graph
    }
}

extension ProductGraph {
    /// Whether each row that has the block is one node.
    fileprivate func hasOneNodeForEachRow(of isPresent: NumberArray<UInt8>) -> Bool {
        var isMissing = isPresent.array(0..<isPresent.count)
        return rows.withSpan { rows in
            for node in rows.indices {
                guard isMissing[Int(rows[node])] == 1 else { return false }
                isMissing[Int(rows[node])] = 0
            }
            return !isMissing.contains(1)
        }
    }
}

extension IndexFileWriter {
    /// Adds the graph of a dense block.
    mutating func add(_ graph: ProductGraph, _ number: Int) {
        add(.graphDirections, number) {
            $0.write(UInt32(graph.linkedCount))
            $0.write(graph.correlation.bitPattern)
            $0.write(graph.mean)
            $0.write(graph.directions)
            for factor in graph.directionFactors { $0.write(factor.bitPattern) }
        }
        add(.graphRows, number, graph.rows)
        add(.graphRecords, number, graph.records)
        add(.graphNeighbours, number, graph.neighbours)
    }
}

import RecCompute
import RecCore
import RecFiles
import RecIndex
import RecTesting
import Testing

@Suite struct `Product graph` {
    /// Rows of length 1 around some centres.
    static func rows(_ count: Int, dimension: Int, clusters: Int, width: Float = 0.4, seed: UInt64) -> [[Float]] {
        var random = SeededGenerator(seed: seed)
        func point(_ width: Float) -> [Float] {
            (0..<dimension).map { _ in Float.random(in: -width...width, using: &random) }
        }
        let centers = (0..<max(clusters, 1)).map { _ in point(clusters > 0 ? 1 : 0) }
        return (0..<count).map { number in
            let row = zip(centers[number % centers.count], point(clusters > 0 ? width : 1)).map { $0 + $1 }
            let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return row.map { $0 / length }
        }
    }

    static func graph(_ rows: [[Float]], threads: Int = 2, fewFarNodes: Int? = nil) throws -> ProductGraph {
        let dimension = rows[0].count
        return try ProductGraph(
            rows: FloatRows(rows.flatMap { $0 }, rowCount: rows.count, dimension: dimension),
            isPresent: NumberArray([UInt8](repeating: 1, count: rows.count)),
            threads: threads,
            fewFarNodes: fewFarNodes
        )
    }

    /// Catalogues where graphs are known to fail, by name.
    static let catalogues: [(name: String, rows: [[Float]])] = [
        ("clusters", rows(1200, dimension: 90, clusters: 30, seed: 1)),
        ("one cluster", rows(700, dimension: 70, clusters: 1, width: 0.05, seed: 2)),
        ("far apart", rows(600, dimension: 300, clusters: 0, seed: 3)),
        ("few components", rows(700, dimension: 3, clusters: 0, seed: 4)),
        ("tight clusters", rows(1000, dimension: 80, clusters: 250, width: 0.01, seed: 5)),
        ("copies", rows(90, dimension: 40, clusters: 6, seed: 6).flatMap { [[Float]](repeating: $0, count: 9) }),
        ("all the same", [[Float]](repeating: rows(1, dimension: 24, clusters: 0, seed: 7)[0], count: 700)),
        (
            "a point beside",
            rows(650, dimension: 64, clusters: 1, width: 0.02, seed: 8) + rows(1, dimension: 64, clusters: 0, seed: 9)
        ),
        ("one", rows(1, dimension: 10, clusters: 0, seed: 10)),
        ("two", rows(2, dimension: 10, clusters: 0, seed: 11)),
    ]

    @Test(arguments: catalogues, [Int?.none, 0])
    func `every row is a node, and every node is reached from the entries`(
        catalogue: (name: String, rows: [[Float]]),
        fewFarNodes: Int?
    ) throws {
        let rows = catalogue.rows
        let graph = try Self.graph(rows, fewFarNodes: fewFarNodes)
        #expect(graph.rows.array(0..<graph.rows.count).sorted() == rows.indices.map { UInt32($0) })
        #expect(graph.isConsistent(rowCount: rows.count))
        let count = rows.count
        let groups = EntryGroups(of: graph.table(), linkedCount: graph.linkedCount) { NodeQuery($0, of: graph) }
        var waiting = groups.nodes.map { Int($0) }
        var isReached = [Bool](repeating: false, count: count)
        for node in waiting { isReached[node] = true }
        while let node = waiting.popLast() {
            for place in node * GraphShape.degree..<(node + 1) * GraphShape.degree {
                let target = graph.neighbours[place]
                guard target != GraphTable.noNode, !isReached[Int(target)] else { continue }
                isReached[Int(target)] = true
                waiting.append(Int(target))
            }
        }
        #expect(isReached.count { $0 } == count)
    }

    @Test(arguments: catalogues.filter { $0.rows.count > 2 })
    func `codes, factors and tails hold what the vectors are`(name: String, rows: [[Float]]) throws {
        let graph = try Self.graph(rows)
        #expect((0...0.95).contains(graph.correlation))
        let shape = graph.shape
        let dimension = shape.dimension
        let mean = graph.mean.array(0..<dimension)
        let directions = (0..<shape.codeCount).map { direction -> [Double] in
            let start = direction * shape.directionSize
            let codes = GraphKernelTests.decoded(graph.directions.array(start..<start + shape.directionSize)[...])
            return codes.prefix(dimension).map { Double($0) * Double(graph.directionFactors[direction]) }
        }
        var (worstLength, worstProduct) = (0.0, 0.0)
        for number in stride(from: 0, to: graph.rows.count, by: max(1, graph.rows.count / 50)) {
            let centered = zip(rows[Int(graph.rows[number])], mean).map { Double($0) - Double($1) }
            let components = directions.map { zip($0, centered).reduce(0) { $0 + $1.0 * $1.1 } }
            let inside = components.reduce(0) { $0 + $1 * $1 }
            let record = graph.records.array(number * shape.recordSize..<(number + 1) * shape.recordSize)
            let integers = record.suffix(4).map { Double($0) }
            let tail = (integers[0] + 256 * integers[1]) / 32768
            let factor = (integers[2] + 256 * integers[3]) / 262_144
            let all = centered.reduce(0) { $0 + $1 * $1 }
            worstLength = max(worstLength, abs(inside + tail * tail - all))
            let codes = GraphKernelTests.decoded(record[...])
            let product = (0..<shape.codeCount).reduce(0.0) {
                $0 + components[$1] * Double(codes[shape.place(of: $1)])
            }
            worstProduct = max(worstProduct, abs(factor * product - inside))
        }
        // Directions in 4-bit codes are a twentieth off.
        #expect(worstLength < 0.1, "\(worstLength)")
        #expect(worstProduct < 0.1, "\(worstProduct)")
    }

    @Test(arguments: [60, 64, 90, 200])
    func `a node's own query estimates the square of its vector`(dimension: Int) throws {
        let rows = Self.rows(700, dimension: dimension, clusters: 20, seed: 12)
        let graph = try Self.graph(rows)
        let table = graph.table()
        let mean = graph.mean.array(0..<dimension).map { Double($0) }
        for node in stride(from: 0, to: rows.count, by: 37) {
            var found: [NodeCandidate] = []
            table.scan(node..<node + 1, for: NodeQuery(node, of: graph), above: -.infinity, into: &found)
            let row = rows[Int(graph.rows[node])].map { Double($0) }
            let tail = Double(table.numbers(of: node).tail)
            // The estimate lacks the product of the mean with x - mean, and has a share of the tail.
            let square = row.reduce(0) { $0 + $1 * $1 } - zip(mean, row).reduce(0) { $0 + $1.0 * ($1.1 - $1.0) }
            let expected = square - (1 - Double(graph.correlation)) * tail * tail
            let score = try #require(found.first?.score)
            #expect(abs(Double(score) - expected) < 0.05)
        }
    }

    @Test(arguments: [Int?.none, 0])
    func `any number of threads gives the same bytes`(fewFarNodes: Int?) throws {
        let rows = Self.catalogues[0].rows + Self.catalogues[0].rows.prefix(60)
        let one = try Self.graph(rows, threads: 1, fewFarNodes: fewFarNodes)
        for threads in [2, 5] {
            let other = try Self.graph(rows, threads: threads, fewFarNodes: fewFarNodes)
            #expect(other.rows.array(0..<rows.count) == one.rows.array(0..<rows.count))
            #expect(other.records.array(0..<other.records.count) == one.records.array(0..<one.records.count))
            #expect(
                other.neighbours.array(0..<other.neighbours.count) == one.neighbours.array(0..<one.neighbours.count)
            )
            #expect(other.correlation == one.correlation)
            #expect(
                other.directions.array(0..<other.directions.count) == one.directions.array(0..<one.directions.count)
            )
        }
    }
}

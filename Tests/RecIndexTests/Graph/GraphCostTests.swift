import RecFiles
import RecIndex
import RecTesting
import Testing

@Suite struct `Cost of a graph` {
    /// Queries of a measurement.
    private static let queryCount = 30

    /// Estimates may be wrong by so much either way.
    private static let tolerance = 2.5

    @Test(arguments: [(0, 0.4 as Float), (40, 0.4), (300, 0.1)])
    func `estimates hold against the nodes that searches score`(clusters: Int, width: Float) throws {
        let rows = `Product graph`.rows(4000, dimension: 64, clusters: clusters, width: width, seed: 21)
        let graph = try `Product graph`.graph(rows)
        let table = graph.table()
        let walk = WalkLength(of: graph, in: table)
        for share in [1, 0.3, 0.1, 0.02] {
            var random = SeededGenerator(seed: 22)
            var allowed = [UInt64](repeating: 0, count: (rows.count + 63) / 64)
            var matching = 0
            for node in rows.indices where Double.random(in: 0..<1, using: &random) < share {
                allowed[node / 64] |= 1 << (node % 64)
                matching += 1
            }
            for candidates in [20, 60] {
                let cost = GraphCost(
                    candidates: candidates,
                    matching: matching,
                    shape: graph.shape,
                    walk: walk,
                    codes: nil
                )
                var met = 0
                for number in 0..<Self.queryCount {
                    let query = NodeQuery(rows[number * 131], on: graph)
                    met +=
                        table.search(
                            query,
                            allowed: share < 1 ? allowed : nil,
                            width: cost.width,
                            wanted: min(candidates, cost.width),
                            room: GraphRoom()
                        ).met
                }
                let measured = Double(met) / Double(Self.queryCount)
                let ratio = measured / Double(cost.nodes)
                #expect(ratio > 1 / Self.tolerance && ratio < Self.tolerance, "\(measured) nodes, not \(cost.nodes)")

                // Where what was measured favours one way clearly, the estimate favours it.
                let vector = Double(graph.shape.dimension * 4)
                let edges = Double(cost.width * GraphShape.degree * 4)
                let byGraph = measured * Double(graph.shape.recordSize) + edges + Double(candidates) * vector
                let byScan = Double(matching) * vector / Double(GraphCost.apart)
                if byGraph < byScan / Self.tolerance { #expect(cost.favoursGraph) }
                if byScan < byGraph / Self.tolerance { #expect(!cost.favoursGraph) }
            }
        }
    }
}

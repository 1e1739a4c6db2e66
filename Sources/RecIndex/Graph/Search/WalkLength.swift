internal import RecFiles

/// How many nodes a search of a graph scores, measured by a few searches for its own nodes.
///
/// The number differs by a factor of six between catalogues: what is left in a cluster leads to what was met before.
package struct WalkLength: Sendable {
    /// Widths of the searches.
    private static let widths = [16, 128, 512]
    /// Searches of each width.
    private static let sampleCount = 4

    private let count: Int
    /// The mean number of records for each width; starts with those that are compared to find the first nodes.
    private let points: [(width: Double, nodes: Double)]

    /// Measures searches of a graph.
    ///
    /// - Complexity: O(1) searches
    package init(of graph: ProductGraph, in table: GraphTable) {
        count = graph.shape.count
        let room = GraphRoom()
        let spacing = max(1, graph.linkedCount / Self.sampleCount)
        let samples = Array(stride(from: 0, to: graph.linkedCount, by: spacing))
        var points = [(0.0, Double(table.comparedEntries))]
        for width in Self.widths where width < graph.linkedCount {
            var met = 0
            for node in samples {
                let query = NodeQuery(node, of: graph)
                met += table.search(query, width: width, wanted: 1, room: room).met
            }
            points.append((Double(width), Double(met) / Double(samples.count)))
        }
        self.points = points.count > 1 ? points : points + [(Double(max(count, 1)), Double(count))]
    }

    /// The number of nodes that a search is expected to score.
    ///
    /// - Complexity: O(1)
    package func nodes(width: Int) -> Int {
        let width = Double(width)
        let end = points.dropFirst().firstIndex { $0.width >= width } ?? points.count - 1
        let (low, high) = (points[end - 1], points[end])
        let slope = (high.nodes - low.nodes) / (high.width - low.width)
        return Int(min(low.nodes + slope * (width - low.width), Double(count)))
    }
}

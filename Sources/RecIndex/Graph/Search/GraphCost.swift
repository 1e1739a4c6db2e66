internal import RecFiles

/// What a search of a graph reads, and what a comparison with all products that match would.
///
/// Both are estimates in bytes of memory; what a graph reads lies apart, and takes twice its time.
package struct GraphCost {
    /// Nodes that are walked on from.
    package let width: Int
    /// Nodes that are scored on the way.
    package let nodes: Int

    private let graphBytes: Int
    private let scanBytes: Int

    /// How many times longer it takes to read what lies apart.
    package static let apart = 2
    /// Vectors that a search by codes compares.
    private static let comparedByCodes = 400

    /// - Parameters:
    ///   - candidates: Products that are to be compared exactly.
    ///   - matching: The number of products that match, of all that are nodes.
    ///   - shape: The graph's sizes.
    ///   - walk: How many nodes its searches score.
    ///   - codes: The sizes of codes, if there are any.
    package init(candidates: Int, matching: Int, shape: GraphShape, walk: WalkLength, codes: CodeShape?) {
        // Where one of ten matches, ten times as many have to be walked on from.
        let share = Double(max(matching, 1)) / Double(max(shape.count, 1))
        width = Int(min(Double(candidates) / min(share, 1), Double(max(shape.count, candidates))).rounded(.up))
        nodes = walk.nodes(width: width)
        let vector = shape.dimension * 4
        graphBytes =
            Self.apart * (nodes * shape.recordSize + width * GraphShape.degree * 4 + candidates * vector)
        let all = matching * vector
        scanBytes = codes.map { min(all, $0.slots * $0.headCount + Self.comparedByCodes * vector) } ?? all
    }

    /// Whether the graph is expected to take less time.
    package var favoursGraph: Bool { graphBytes < scanBytes }
}

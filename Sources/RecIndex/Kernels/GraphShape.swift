internal import CRecKernels

/// The sizes of a graph, from which those of all its arrays follow.
package struct GraphShape: Sendable, Hashable {
    /// Nodes that a node leads to, at most: two cache lines.
    package static let degree = 32
    /// Bytes that kernels take at a time.
    package static let line = 64
    /// The most directions.
    private static let mostDirections = 256

    /// Floats of a vector.
    package let dimension: Int
    /// The number of nodes.
    package let count: Int

    package init(dimension: Int, count: Int) {
        self.dimension = dimension
        self.count = count
    }

    /// The number of principal directions, a power of two, so that they can be rotated.
    var directionCount: Int {
        var count = Self.line
        while count < min(dimension, Self.mostDirections) { count *= 2 }
        return count
    }

    /// Bytes of a node's record: codes, and two floats.
    package var recordSize: Int { max(directionCount, 2 * Self.line) }

    /// The number of codes of a node: those rotated directions that a record has room for.
    package var codeCount: Int { min(directionCount, recordSize - Int(REC_NODE_NUMBERS)) }

    /// Bytes of a direction: a code for each component, then zeros up to a whole line.
    package var directionSize: Int { (dimension + Self.line - 1) / Self.line * Self.line }
}

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

    /// Bytes of a node's record: two codes a byte, and its numbers.
    package var recordSize: Int { max(directionCount / 2, Self.line) }

    /// The number of codes of a node: those rotated directions that a record has room for.
    package var codeCount: Int { min(directionCount, 2 * (recordSize - Int(REC_NODE_NUMBERS))) }

    /// Bytes of a direction: two codes a byte, in whole lines.
    package var directionSize: Int { (dimension + 2 * Self.line - 1) / (2 * Self.line) * Self.line }

    /// Where a code of a node is among those of its record, whose numbers take the last bytes of the last line.
    package func place(of code: Int) -> Int {
        let lowEnd = 2 * recordSize - Self.line - Int(REC_NODE_NUMBERS)
        return code < lowEnd ? code : code + Int(REC_NODE_NUMBERS)
    }
}

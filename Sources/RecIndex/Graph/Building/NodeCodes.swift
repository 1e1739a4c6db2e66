internal import RecFiles

/// The nodes of a graph as queries, in finer codes than those of their records.
struct NodeCodes: Sendable {
    /// The codes, `[node][size]`.
    let codes: NumberArray<Int8>
    /// Codes of a node, two for each byte of a record.
    let size: Int
    /// What a code of 1 stands for.
    let step: Float

    /// The codes of a node, as a query has them.
    subscript(node: Int) -> [Int8] { codes.array(node * size..<(node + 1) * size) }

    /// The squared norm of what the codes stand for.
    func square(_ node: Int) -> Float {
        codes.withSpan(node * size..<(node + 1) * size) { codes in
            var sum = 0
            for place in codes.indices { sum += Int(codes[place]) * Int(codes[place]) }
            return step * step * Float(sum)
        }
    }
}

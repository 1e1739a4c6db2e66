internal import RecNetwork

/// Where the elements of a vector are found in another vector.
final class ElementPlaces: Sendable {
    /// For each element its place in the other vector.
    let indices: [Int32]
    /// Whether all elements of a vector of `count` are in their places.
    let isIdentity: Bool
    /// The number of elements of the other vector.
    let count: Int

    init(_ indices: [Int32], count: Int) {
        self.indices = indices
        self.count = count
        isIdentity = indices.count == count && indices.indices.allSatisfy { indices[$0] == $0 }
    }
}

/// The moves of a graph.
///
/// The blocks of a network repeat the same ones, so each is worked out once.
struct MoveTable {
    fileprivate struct Move: Hashable {
        let operatorType: String
        let version: Int
        let attributes: [String: [Int64]]
        let shape: [Int]
        let operands: [Tensor?]
        let outputCount: Int
    }

    private struct Pair: Hashable {
        let outer: ObjectIdentifier
        let inner: ObjectIdentifier
    }

    private var moves: [Move: [ElementPlaces]] = [:]
    private var heads: [[Int]: ElementPlaces] = [:]
    private var pairs: [Pair: ElementPlaces] = [:]

    /// The places of the outputs' elements in the input of a node that only moves elements.
    mutating func places(
        _ node: FoldedGraph.Node,
        shape: [Int],
        operands: [Tensor?]
    ) throws -> [ElementPlaces] {
        let key = Move(node, shape, operands)
        if let key, let known = moves[key] { return known }
        let count = shape.reduce(1, *)
        let numbers = Tensor((0..<Int64(count)).map { $0 }, TensorType(.int64, shape))
        let result = try node.operation.evaluate([numbers] + operands).map { tensor in
            ElementPlaces(tensor.integers.map { Int32(truncatingIfNeeded: $0) }, count: count)
        }
        if let key { moves[key] = result }
        return result
    }

    /// From rows of all heads, one for each token, to a matrix of tokens by channels for each head.
    mutating func headsFirst(tokens: Int, heads count: Int, channels: Int) -> ElementPlaces {
        if let known = heads[[tokens, count, channels]] { return known }
        let total = tokens * count * channels
        let result = ElementPlaces(
            (0..<total).map { index in
                let (row, channel) = index.quotientAndRemainder(dividingBy: channels)
                return Int32(row % tokens * count * channels + row / tokens * channels + channel)
            },
            count: total
        )
        heads[[tokens, count, channels]] = result
        return result
    }

    /// A move of elements that an earlier one has moved.
    mutating func places(_ outer: ElementPlaces, after inner: ElementPlaces) -> ElementPlaces {
        let key = Pair(outer: ObjectIdentifier(outer), inner: ObjectIdentifier(inner))
        if let known = pairs[key] { return known }
        let result = ElementPlaces(outer.indices.map { inner.indices[Int($0)] }, count: inner.count)
        pairs[key] = result
        return result
    }
}

extension MoveTable.Move {
    /// `nil` when the node has attributes beyond integers and texts.
    fileprivate init?(_ node: FoldedGraph.Node, _ shape: [Int], _ operands: [Tensor?]) {
        var attributes: [String: [Int64]] = [:]
        for (name, value) in node.node.attributes {
            switch value {
            case .integer(let number): attributes[name] = [number]
            case .integers(let numbers): attributes[name] = numbers + [-1]
            case .text(let text): attributes[name] = text.utf8.map { Int64($0) } + [-2]
            default: return nil
            }
        }
        self.init(
            operatorType: node.node.operatorType,
            version: node.operation.context.version,
            attributes: attributes,
            shape: shape,
            operands: operands,
            outputCount: node.node.outputs.count
        )
    }
}

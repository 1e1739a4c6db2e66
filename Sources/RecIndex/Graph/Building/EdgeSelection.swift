/// The choice of the nodes that a node leads to: near ones, none of them much nearer to a chosen one.
///
/// The rule is that of a relative neighbourhood graph (Toussaint 1980) relaxed by a factor, as in Vamana (Subramanya et
/// al. 2019, DiskANN).
struct EdgeSelection {
    let table: GraphTable
    let codes: NodeCodes
    /// For each node: the squared norm of its ``NodeCodes``, its tail, and its factor times the step of codes.
    let squares: [Float]
    let tails: [Float]
    let units: [Float]
    let correlation: Float

    /// The square of the factor by which a chosen node has to be nearer.
    private static let slack: Float = 1.21

    /// A node at a distance.
    private struct Candidate: Ranked {
        let distance: Float
        let node: UInt32

        func precedes(_ other: Candidate) -> Bool {
            distance == other.distance ? node < other.node : distance < other.distance
        }
    }

    init(_ table: GraphTable, _ codes: NodeCodes, correlation: Float, count: Int) {
        self.table = table
        self.codes = codes
        self.correlation = correlation
        let numbers = (0..<count).map { table.numbers(of: $0) }
        squares = (0..<count).map { codes.square($0) }
        tails = numbers.map(\.tail)
        units = numbers.map { $0.factor * codes.step }
    }

    /// The chosen ones of some nodes, nearest first.
    ///
    /// - Complexity: O(*candidates* · *limit* · size of a record)
    func chosen(_ nodes: [UInt32], for node: Int, limit: Int) -> [UInt32] {
        var products = [Int32](repeating: 0, count: nodes.count)
        var left = candidates(nodes, for: node, &products)
        left.sort { $0.precedes($1) }
        var chosen: [UInt32] = []
        var others = left.map(\.node)
        var kept = left.count
        // What is left is moved to the front, so that nothing is allocated for each chosen one.
        while kept > 0, chosen.count < limit {
            let next = left[0].node
            chosen.append(next)
            for place in 1..<max(kept, 1) { others[place - 1] = left[place].node }
            table.products(of: codes[Int(next)], with: others, count: kept - 1, into: &products)
            var remaining = 0
            for place in 1..<max(kept, 1) {
                let between = distance(Int(next), Int(left[place].node), products[place - 1])
                guard Self.slack * between >= left[place].distance else { continue }
                left[remaining] = left[place]
                remaining += 1
            }
            kept = remaining
        }
        return chosen
    }

    /// Some nodes with their distances, each once, without the node itself.
    private func candidates(_ nodes: [UInt32], for node: Int, _ products: inout [Int32]) -> [Candidate] {
        let different = Self.different(nodes, from: UInt32(node))
        table.products(of: codes[node], with: different, into: &products)
        return different.indices.map { place in
            Candidate(distance: distance(node, Int(different[place]), products[place]), node: different[place])
        }
    }

    /// Each of some nodes once, ascending, without one.
    private static func different(_ nodes: [UInt32], from node: UInt32) -> [UInt32] {
        var different = nodes.sorted()
        var count = 0
        for place in different.indices
        where different[place] != node && (count == 0 || different[place] != different[count - 1]) {
            different[count] = different[place]
            count += 1
        }
        different.removeLast(different.count - count)
        return different
    }

    /// The estimated squared distance of two vectors, by the product of the first one's codes with the other's record.
    private func distance(_ one: Int, _ other: Int, _ product: Int32) -> Float {
        let inside = squares[one] + squares[other] - 2 * units[other] * Float(product)
        let (a, b) = (tails[one], tails[other])
        return inside + a * a + b * b - 2 * correlation * a * b
    }
}

internal import RecFiles

/// The mean cosine of the remainders of near vectors, by the exact cosines of a sample.
enum TailCorrelation {
    private static let sample = 200
    private static let neighbours = 10
    /// So that the remainders of equal vectors are not taken for equal.
    private static let greatest: Float = 0.95

    /// - Parameters:
    ///   - table: The nodes.
    ///   - order: Their lists.
    ///   - vectors: The vectors.
    ///   - rowOfNode: The row of each node.
    ///   - codes: The nodes as queries.
    ///   - meanSquare: |mean|^2.
    /// - Returns: The correlation, from 0 to 0.95.
    static func estimate(
        _ table: GraphTable,
        _ order: NodeOrder,
        _ vectors: FloatRows,
        rowOfNode: [UInt32],
        codes: NodeCodes,
        meanSquare: Double
    ) -> Float {
        var (above, below) = (0.0, 0.0)
        var listOfNode = 0
        let count = min(sample, order.differentCount)
        for number in 0..<count {
            let node = number * order.differentCount / count
            while order.lists[listOfNode].upperBound <= node { listOfNode += 1 }
            let numbers = table.numbers(of: node)
            let base = Float(Double(numbers.offset) - meanSquare)
            let query = NodeQuery(codes: codes[node], scale: codes.step, tail: 0, base: base)
            var found: [NodeCandidate] = []
            for list in order.near[listOfNode] {
                table.scan(order.lists[list], for: query, above: -.infinity, into: &found)
            }
            let vector = vectors.row(Int(rowOfNode[node]))
            for candidate in found.filter({ $0.node != node }).best(neighbours) {
                var cosine: [Float] = [0]
                let row = Int(rowOfNode[Int(candidate.node)])
                vectors.withRows(row..<row + 1) { DotProduct.rows($0, count: 1, query: vector.span, into: &cosine) }
                let tails = Double(numbers.tail) * Double(table.numbers(of: Int(candidate.node)).tail)
                above += Double(cosine[0] - candidate.score) * tails
                below += tails * tails
            }
        }
        return below > 0 ? min(max(Float(above / below), 0), greatest) : 0
    }
}

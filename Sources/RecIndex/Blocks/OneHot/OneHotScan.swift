internal import RecCore
internal import RecFiles

/// A query's cosines with the patterns of a ``OneHotBlock``.
final class OneHotScan: BlockScan {
    private let block: OneHotBlock
    private let query: OneHotComparison
    /// The cosine of each pattern; `nil` when only those of a few rows are wanted.
    private let cosineOfPattern: [Double]?

    init(block: OneHotBlock, _ query: OneHotComparison, cosineOfPattern: [Double]?) {
        self.block = block
        self.query = query
        self.cosineOfPattern = cosineOfPattern
    }

    func fill(
        _ cosines: inout [Double],
        at start: Int,
        _ rows: Range<Int>,
        scratch: inout [Float]
    ) throws(RecError) {
        for (position, row) in rows.enumerated() { cosines[start + position] = cosine(of: row) }
    }

    func gather(
        _ cosines: inout [Double],
        _ rows: Span<UInt32>,
        count: Int,
        scratch: inout [Float]
    ) throws(RecError) {
        for place in 0..<count { cosines[place] = cosine(of: Int(rows[place])) }
    }

    private func cosine(of row: Int) -> Double {
        let pattern = block.patternOfRow[row]
        guard pattern != RowGroups.missing else { return .nan }
        return cosineOfPattern?[Int(pattern)] ?? query.cosine(with: block.patterns[Int(pattern)])
    }

    func groupBounds() throws(RecError) -> [Double] { cosineOfPattern ?? block.cosines(with: query) }
}

internal import RecCore
internal import RecFiles

/// A query's cosines with the patterns of a ``OneHotBlock``.
final class OneHotScan: BlockScan {
    private let block: OneHotBlock
    /// The cosine of each pattern; NaN where it has no direction.
    private let cosineOfPattern: [Double]

    init(block: OneHotBlock, cosineOfPattern: [Double]) {
        self.block = block
        self.cosineOfPattern = cosineOfPattern
    }

    func fill(
        _ cosines: inout [Double],
        at start: Int,
        _ rows: Range<Int>,
        scratch: inout [Float]
    ) throws(RecError) {
        for (position, row) in rows.enumerated() {
            let pattern = block.patternOfRow[row]
            cosines[start + position] = pattern == RowGroups.missing ? .nan : cosineOfPattern[Int(pattern)]
        }
    }

    func cosine(of row: Int, scratch: inout [Float]) throws(RecError) -> Double? {
        let pattern = block.patternOfRow[row]
        guard pattern != RowGroups.missing else { return nil }
        let cosine = cosineOfPattern[Int(pattern)]
        return cosine.isNaN ? nil : cosine
    }

    func expect(_ row: Int) {}

    func groupBounds() throws(RecError) -> [Double] { cosineOfPattern }
}

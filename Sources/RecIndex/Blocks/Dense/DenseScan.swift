internal import RecCore
internal import RecFiles

/// A query's vector, prepared for comparison with those of a ``DenseBlock``.
final class DenseScan: BlockScan {
    private let block: DenseBlock
    private let query: [Float]

    init(block: DenseBlock, query: [Float]) {
        self.block = block
        self.query = query
    }

    func fill(
        _ cosines: inout [Double],
        at start: Int,
        _ rows: Range<Int>,
        scratch: inout [Float]
    ) throws(RecError) {
        try block.dotProducts(with: query, rows, into: &scratch)
        for (position, row) in rows.enumerated() {
            cosines[start + position] = block.isPresent[row] == 1 ? min(max(Double(scratch[position]), -1), 1) : .nan
        }
    }

    func gather(
        _ cosines: inout [Double],
        _ rows: Span<UInt32>,
        count: Int,
        scratch: inout [Float]
    ) throws(RecError) {
        let isAnyPresent = block.isPresent.withSpan { isPresent in
            (0..<count).contains { isPresent[Int(rows[$0])] == 1 }
        }
        // Zeros need not be read to be left out.
        if isAnyPresent { try block.dotProducts(with: query, rows, count: count, into: &scratch) }
        block.isPresent.withSpan { isPresent in
            for place in 0..<count {
                cosines[place] =
                    isPresent[Int(rows[place])] == 1 ? min(max(Double(scratch[place]), -1), 1) : .nan
            }
        }
    }

    func groupBounds() throws(RecError) -> [Double] {
        guard let groups = try block.vectorGroups() else { preconditionFailure("a block with groups") }
        return groups.bounds(of: query)
    }
}

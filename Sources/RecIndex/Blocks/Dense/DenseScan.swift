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
            cosines[start + position] = block.isPresent[row] == 1 ? Self.cosine(scratch[position]) : .nan
        }
    }

    func gather(
        _ cosines: inout [Double],
        _ rows: Span<UInt32>,
        count: Int,
        scratch: inout [Float]
    ) throws(RecError) {
        guard !block.isComplete else {
            try block.dotProducts(with: query, rows, count: count, into: &scratch)
            for place in 0..<count { cosines[place] = Self.cosine(scratch[place]) }
            return
        }
        try block.isPresent.withSpan { isPresent throws(RecError) in
            // Zeros need not be read to be left out.
            if (0..<count).contains(where: { isPresent[Int(rows[$0])] == 1 }) {
                try block.dotProducts(with: query, rows, count: count, into: &scratch)
            }
            for place in 0..<count {
                cosines[place] = isPresent[Int(rows[place])] == 1 ? Self.cosine(scratch[place]) : .nan
            }
        }
    }

    /// The cosine of unit vectors from their product, which rounding takes out of range.
    private static func cosine(_ product: Float) -> Double { min(max(Double(product), -1), 1) }

    func groupBounds() throws(RecError) -> [Double] {
        guard let groups = try block.vectorGroups() else { preconditionFailure("a block with groups") }
        return groups.bounds(of: query)
    }
}

internal import RecCore
internal import RecFiles

/// One query prepared for comparison with many rows.
struct ExactScan {
    /// The query's side of a block.
    private enum Side {
        /// The query lacks the block.
        case missing
        case dense(DenseBlock, query: [Float])
        case oneHot(OneHotBlock, cosineOfPattern: [Double])
    }

    /// How many rows are compared at a time, so that their cosines stay in the cache.
    private static let runLength = 256

    private let names: [BlockName]
    private let sides: [Side]
    /// The weight of each block, 0 where it does not count.
    private let weights: [Double]
    private let query: SearchQuery

    init(_ query: SearchQuery, in table: BlockTable) {
        self.query = query
        let names = table.space.blocks.map(\.name)
        self.names = names
        func side(_ block: OneHotBlock, _ given: OneHotQuery) -> Side {
            .oneHot(block, cosineOfPattern: block.cosines(with: given, replacements: query.weighting.attributes))
        }
        weights = names.map { query.weighting.blocks[$0] }
        sides = zip(names, table.blocks).map { name, block in
            switch (block, query.embedding[name]) {
            case (.dense(let block), .dense(let vector)): .dense(block, query: vector.components)
            case (.oneHot(let block), .oneHot(let codes)): side(block, .codes(codes))
            case (.oneHot(let block), .mixture(let mixture)): side(block, .mixture(mixture))
            default: .missing
            }
        }
    }

    /// The cosine of each pattern of a one-hot block, by its position in the space, NaN where it has no direction; `nil`
    /// when the query lacks the block.
    func cosinesOfPatterns(_ position: Int) -> [Double]? {
        if case .oneHot(_, let cosines) = sides[position] { cosines } else { nil }
    }

    /// What rows are in an answer.
    func neighbors(_ entries: [BestRows.Entry], of products: ProductTable) throws(RecIndexError) -> [Neighbor] {
        try entries.map { entry throws(RecIndexError) in try neighbor(entry, of: products) }
    }

    /// What a row is in an answer.
    func neighbor(_ entry: BestRows.Entry, of products: ProductTable) throws(RecIndexError) -> Neighbor {
        Neighbor(id: products.id(of: entry.row), score: entry.score, cosines: try cosines(of: entry.row))
    }

    /// The best rows of a selection, best first.
    func bestRows(in selection: RowSelection) throws(RecIndexError) -> [BestRows.Entry] {
        var best = BestRows(limit: query.count)
        let minimum = query.minimumScore ?? -.infinity
        if query.weighting.fusion == nil {
            let shares = weights
            let active = shares.indices.filter { shares[$0] > 0 }
            try forEachRun(of: selection, blocks: active) { rows, cosines in
                for position in 0..<rows.count {
                    // The same sums in the same order as `BlockScorer`, so both give the same bits.
                    var sum = 0.0
                    var total = 0.0
                    for block in active {
                        let cosine = cosines[block * Self.runLength + position]
                        guard !cosine.isNaN else { continue }
                        sum += shares[block] * cosine
                        total += shares[block]
                    }
                    guard total > 0 else { continue }
                    let score = sum / total
                    if score >= minimum { best.offer(.init(score: score, row: rows.lowerBound + position)) }
                }
            }
        } else {
            var values = BlockCosines(names: names, values: names.map { _ in nil })
            try forEachRun(of: selection, blocks: Array(names.indices)) { rows, cosines in
                for position in 0..<rows.count {
                    for block in names.indices {
                        let cosine = cosines[block * Self.runLength + position]
                        values.values[block] = cosine.isNaN ? nil : cosine
                    }
                    guard let score = query.weighting.score(values), score >= minimum else { continue }
                    best.offer(.init(score: score, row: rows.lowerBound + position))
                }
            }
        }
        return best.sorted()
    }

    /// Asks for what the score of a row will need.
    func expect(_ row: Int) {
        for side in sides { if case .dense(let block, _) = side { block.rows.expect(row) } }
    }

    /// The score of one row by the query's weights, with the same bits as in ``bestRows(in:)``.
    ///
    /// - Precondition: The query's score is a weighted mean; `scratch` has room for a number.
    func score(of row: Int, scratch: inout [Float]) throws(RecIndexError) -> Double? {
        var sum = 0.0
        var total = 0.0
        for block in sides.indices where weights[block] > 0 {
            guard let cosine = try cosine(sides[block], row, scratch: &scratch) else { continue }
            sum += weights[block] * cosine
            total += weights[block]
        }
        return total > 0 ? sum / total : nil
    }

    private func cosine(_ side: Side, _ row: Int, scratch: inout [Float]) throws(RecIndexError) -> Double? {
        switch side {
        case .missing:
            return nil
        case .dense(let block, let query):
            guard block.isPresent[row] == 1 else { return nil }
            try block.dotProducts(with: query, row..<row + 1, into: &scratch)
            return min(max(Double(scratch[0]), -1), 1)
        case .oneHot(let block, let cosineOfPattern):
            let pattern = block.patternOfRow[row]
            guard pattern != OneHotBlock.missing else { return nil }
            let cosine = cosineOfPattern[Int(pattern)]
            return cosine.isNaN ? nil : cosine
        }
    }

    /// The cosine of each block with one row.
    func cosines(of row: Int) throws(RecIndexError) -> BlockCosines {
        var scratch: [Float] = [0]
        var result: [Double] = [.nan]
        let values = try sides.map { side throws(RecIndexError) in
            try fill(&result, at: 0, with: side, row..<row + 1, scratch: &scratch)
            return result[0].isNaN ? nil : result[0]
        }
        return BlockCosines(names: names, values: values)
    }

    /// Calls `body` with a run of rows and the cosines of the asked blocks, `runLength` for each block; NaN is missing.
    private func forEachRun(
        of selection: RowSelection,
        blocks: [Int],
        _ body: (Range<Int>, [Double]) -> Void
    ) throws(RecIndexError) {
        var scratch = [Float](repeating: 0, count: Self.runLength)
        var cosines = [Double](repeating: .nan, count: Self.runLength * names.count)
        try selection.forEachRun(limit: Self.runLength) { rows throws(RecIndexError) in
            for block in blocks {
                try fill(&cosines, at: block * Self.runLength, with: sides[block], rows, scratch: &scratch)
            }
            body(rows, cosines)
        }
    }

    private func fill(
        _ cosines: inout [Double],
        at start: Int,
        with side: Side,
        _ rows: Range<Int>,
        scratch: inout [Float]
    ) throws(RecIndexError) {
        switch side {
        case .missing:
            for position in 0..<rows.count { cosines[start + position] = .nan }
        case .dense(let block, let query):
            try block.dotProducts(with: query, rows, into: &scratch)
            for (position, row) in rows.enumerated() {
                cosines[start + position] =
                    block.isPresent[row] == 1 ? min(max(Double(scratch[position]), -1), 1) : .nan
            }
        case .oneHot(let block, let cosineOfPattern):
            for (position, row) in rows.enumerated() {
                let pattern = block.patternOfRow[row]
                cosines[start + position] = pattern == OneHotBlock.missing ? .nan : cosineOfPattern[Int(pattern)]
            }
        }
    }
}

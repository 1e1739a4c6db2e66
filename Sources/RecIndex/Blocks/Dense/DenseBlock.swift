internal import RecCompute
internal import RecCore
internal import RecFiles

/// A dense block of all products: one unit vector per row, zeros if a product lacks the block.
final class DenseBlock: StoredBlock {
    let recipe: Recipe
    let rows: FloatRows
    let isPresent: NumberArray<UInt8>

    /// Whether no product lacks the block.
    let isComplete: Bool

    /// Checks rows before they are used; `nil` when all are verified.
    private let checks: FirstUseChecks?

    /// The groups of a block of few components, once they are computed.
    private let knownGroups = LockedValue<VectorGroups?>(nil)

    /// The number of components from which bounds of groups of vectors are too loose.
    private static let manyComponents = 9

    /// - Precondition: There is one flag for each row.
    init(recipe: Recipe, rows: FloatRows, isPresent: NumberArray<UInt8>, checks: FirstUseChecks? = nil) {
        precondition(rows.rowCount == isPresent.count, "one flag for each row")
        self.recipe = recipe
        self.rows = rows
        self.isPresent = isPresent
        isComplete = isPresent.withSpan { flags in flags.indices.reduce(1) { $0 & flags[$1] } == 1 }
        self.checks = checks
    }

    /// The rows of products that lack the block.
    ///
    /// - Complexity: O(rows)
    func absentRows() -> [UInt32] {
        isPresent.withSpan { flags in flags.indices.filter { flags[$0] == 0 }.map { UInt32($0) } }
    }

    /// Checks some rows, unless they were checked before.
    func check(_ range: Range<Int>) throws(RecError) {
        try checks?.check(range, "vector") { row in
            hasRightLength(row) ? rows.withBytes(row..<row + 1) { CRC32C.of($0) } : nil
        }
    }

    /// Whether a row has length 1, or is all zeros if the product lacks the block.
    func hasRightLength(_ row: Int) -> Bool {
        let square = rows.squaredLength(of: row)
        // Written this way round so that NaN fails.
        return isPresent[row] == 1 ? abs(square - 1) < 1e-4 : square == 0
    }

    func block(of row: Int) throws(RecError) -> Embedding.Block? {
        try check(row..<row + 1)
        return isPresent[row] == 1 ? Embedding.Block(DenseVector(unit: rows.row(row), recipe: recipe)) : nil
    }

    func scan(for query: Embedding.Block, attributes: [String: Double], isRanked: Bool) -> (any BlockScan)? {
        query.vector.map { DenseScan(block: self, query: $0.components) }
    }

    func groups() throws(RecError) -> RowGroups? { try vectorGroups()?.rows }

    /// The groups of a block of few components, `nil` for others.
    ///
    /// The first call reads, and so checks, the vectors.
    func vectorGroups() throws(RecError) -> VectorGroups? {
        guard rows.dimension < Self.manyComponents else { return nil }
        return try knownGroups.withLock { known throws(RecError) in
            if let known { return known }
            try check(0..<rows.rowCount)
            let made = VectorGroups(rows, isPresent: isPresent)
            known = made
            return made
        }
    }

    /// Writes the dot products of `query` with the first `count` of some rows to the front of `products`.
    ///
    /// - Precondition: `products` has room for them.
    func dotProducts(
        with query: [Float],
        _ chosen: Span<UInt32>,
        count: Int,
        into products: inout [Float]
    ) throws(RecError) {
        if let checks {
            for place in 0..<count where !checks.hasChecked(Int(chosen[place])) {
                try check(Int(chosen[place])..<Int(chosen[place]) + 1)
            }
        }
        rows.withRows(0..<rows.rowCount) { span in
            DotProduct.chosen(span, chosen, count: count, query: query.span, into: &products)
        }
    }

    /// Writes the dot products of some rows with `query` to the front of `products`.
    ///
    /// - Precondition: `products` has room for the rows.
    func dotProducts(
        with query: [Float],
        _ range: Range<Int>,
        into products: inout [Float]
    ) throws(RecError) {
        try check(range)
        rows.withRows(range) { span in
            DotProduct.rows(span, count: range.count, query: query.span, into: &products)
        }
    }
}

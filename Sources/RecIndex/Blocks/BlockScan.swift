internal import RecCore

/// A query's block, prepared for comparison with the rows of a ``StoredBlock``.
protocol BlockScan: Sendable {
    /// Writes the cosines with a run of rows to `cosines`, from `start` on; NaN where there is none.
    ///
    /// - Parameters:
    ///   - cosines: Where they go.
    ///   - start: The place of the first.
    ///   - rows: The run.
    ///   - scratch: Room for as many numbers as the run has rows.
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    func fill(
        _ cosines: inout [Double],
        at start: Int,
        _ rows: Range<Int>,
        scratch: inout [Float]
    ) throws(RecError)

    /// The cosine with one row, with the same bits; `nil` where there is none.
    ///
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    func cosine(of row: Int, scratch: inout [Float]) throws(RecError) -> Double?

    /// Asks for what the cosine with a row will need.
    func expect(_ row: Int)

    /// For each of the block's ``RowGroups``, what no cosine with a row of it exceeds; NaN where the rows have none.
    ///
    /// - Precondition: The block has groups.
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    func groupBounds() throws(RecError) -> [Double]
}

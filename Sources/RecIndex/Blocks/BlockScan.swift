internal import RecCore

/// A query's block, prepared for comparison with the rows of a ``StoredBlock``.
///
/// A class, so that a search counts one reference when it calls it for a row, not one for each array.
protocol BlockScan: AnyObject, Sendable {
    /// Writes the cosines with a run of rows to `cosines`, from `start` on; NaN if there is none.
    ///
    /// - Parameters:
    ///   - cosines: The array for the cosines.
    ///   - start: The position of the first cosine.
    ///   - rows: The run of rows.
    ///   - scratch: Room for as many numbers as the run has rows.
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    func fill(
        _ cosines: inout [Double],
        at start: Int,
        _ rows: Range<Int>,
        scratch: inout [Float]
    ) throws(RecError)

    /// Writes the cosines with some rows, which may lie anywhere, to the front of `cosines`, with the same bits; NaN if
    /// there is none.
    ///
    /// - Parameters:
    ///   - cosines: The array for the cosines.
    ///   - rows: The rows; those behind the first `count` are likely to be asked for next.
    ///   - count: How many of the rows to compare.
    ///   - scratch: Room for as many numbers.
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    func gather(
        _ cosines: inout [Double],
        _ rows: Span<UInt32>,
        count: Int,
        scratch: inout [Float]
    ) throws(RecError)

    /// For each of the block's ``RowGroups``, an upper bound of the cosines with its rows; NaN if its rows have none.
    ///
    /// - Precondition: The block has groups.
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    func groupBounds() throws(RecError) -> [Double]
}

internal import RecCompute
package import RecFiles

extension ProductCodes {
    /// Encodes rows; the same rows give the same bytes for any number of threads.
    ///
    /// The rows are read twice from beginning to end, and a sample of them before that. In addition to the codes this
    /// takes four copies of a sample of 8,192 rows, and at most 128 MB for reused projections.
    ///
    /// - Parameters:
    ///   - rows: Finite rows.
    ///   - isPresent: Whether each row has the block.
    ///   - settings: The division of rows and directions.
    ///   - threads: The number of threads.
    ///   - progress: Called at intervals with the finished share, on the calling thread; an error from it ends the
    ///     work.
    /// - Throws: The errors of `progress`.
    /// - Complexity: O(rows * dimension * directions + rows * lists * directions of the head)
    package init(
        rows: FloatRows,
        isPresent: NumberArray<UInt8>,
        settings: CodeSettings,
        threads: Int,
        progress: ((Double) throws -> Void)? = nil
    ) throws {
        precondition(rows.rowCount == isPresent.count, "one flag for each row")
        precondition(rows.rowCount < Int(UInt32.max) / 2, "rows are numbered by 32 bits")
        precondition(rows.dimension > 0, "a vector has a dimension")
        let team = ThreadTeam(count: threads)
        try progress?(0)
        let projection = RowProjection(rows: rows, isPresent: isPresent, chunks: settings.chunks, team: team)
        try progress?(0.2)
        let assignment = try ListAssignment(projection, settings: settings) { try progress?(0.2 + 0.4 * $0) }
        let encoding = try CodeEncoding(projection, assignment, settings: settings) { try progress?(0.6 + 0.4 * $0) }
        var arrays = CodeArrays()
        arrays.mean = NumberArray(projection.directions.principal.mean)
        arrays.directions = NumberArray(projection.directions.principal.directions)
        arrays.starts = NumberArray(assignment.starts)
        encoding.move(to: &arrays)
        ListSummary(of: arrays, encoding.shape, team: team).move(to: &arrays)
        self.init(encoding.shape, arrays, headNorm: encoding.headNorm)
    }
}

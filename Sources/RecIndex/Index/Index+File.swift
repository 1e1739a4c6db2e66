internal import RecCompute
public import RecCore
internal import RecFiles

extension Index {
    /// Opens an index file.
    ///
    /// - Throws: `RecError`, as ``open(path:expecting:checking:)`` does.
    init(
        file path: String,
        expecting expected: [EmbeddingSpace.Block],
        checking: FileChecking
    ) throws(RecError) {
        self.init(try Segment(path: path, expecting: expected, checking: checking))
    }

    /// Writes the index to a file, completely or not at all, on a separate thread.
    ///
    /// The same products with the same embeddings give the same bytes, whatever the order in which they were added and the
    /// number of threads. The products of a live index are written as one segment without codes and graph;
    /// ask ``with(codes:graph:threads:progress:)`` for them. What was at the path before is replaced; indexes that have it
    /// open keep reading the old content.
    ///
    /// - Parameters:
    ///   - path: Where the file appears.
    ///   - progress: Gets a report for each section of the file.
    /// - Throws: `RecError` with code `unwritable`, or `corrupt` when the index was opened from a file that turns
    ///   out to be damaged; `CancellationError` soon after the task was cancelled. What was at the path is unchanged then,
    ///   and nothing else is left behind.
    /// - Complexity: O(*n* · dimension), and as much memory for the products of a live index.
    @concurrent
    public func write(
        to path: String,
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) async throws {
        let work = LongWrite("writing", total: count, to: progress)
        try await work.run(on: SerialThread()) {
            try work.step(0)
            let segment = try merged()
            try segment.write(to: path) { share throws(FileError) in try work.step(share) }
            work.finish()
        }
    }

    /// Writes the index to a file, which appears whole or not at all, on the calling thread.
    ///
    /// - Throws: `RecError` with code `unwritable`, or `corrupt` when the index was opened from a file that turns
    ///   out to be damaged; what was at the path is unchanged then.
    /// - Complexity: O(*n* · dimension), and as much memory for the products of a live index.
    package func write(to path: String) throws(RecError) {
        try merged().write(to: path)
    }

    /// One segment of all products, with the notes.
    func merged() throws(RecError) -> Segment {
        var segment = try parts.merged()
        segment.notes = notes
        return segment
    }
}

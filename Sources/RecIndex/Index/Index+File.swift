internal import RecCompute
package import RecCore

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
    /// - Throws: As the synchronous call does, and `CancellationError` when the task is cancelled before it starts.
    /// - Complexity: O(*n* · dimension), and as much memory for the products of a live index.
    public func write(to path: String) async throws {
        try await SerialThread().run { try merged().write(to: path) }
    }

    /// Writes the index to a file, completely or not at all, on the calling thread.
    ///
    /// The same products with the same embeddings give the same bytes, in any order of addition and for any number of
    /// threads. The products of a live index are written as one segment without codes; call
    /// ``with(codes:threads:progress:)`` to add codes. An existing file is replaced; indexes that have it open continue
    /// to read the old content.
    ///
    /// - Throws: `RecError` with code `unwritable`, or `corrupt` when the index was opened from a file that turns out
    ///   to be damaged; an existing file is then unchanged.
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

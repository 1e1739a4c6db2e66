public import RecCore

extension ExactIndex {
    /// Opens an index file.
    ///
    /// The file stays open: what is in it is read in place. Replace it by writing a new one, as ``write(to:)`` does;
    /// changing or cutting it in place ends the processes that have it open.
    ///
    /// ```swift
    /// let index = try ExactIndex(path: "shop.index", expecting: [.init(image: backbone)])
    /// ```
    /// - Parameters:
    ///   - path: The file.
    ///   - expected: Blocks that the index must have just so: pass those of the extractor and the encoder that queries
    ///     will be made with, so that an index built with other weights is refused here and not at the first query.
    ///   - checking: When damage of the vectors is looked for; everything else is checked at once.
    /// - Throws: ``RecIndexError`` with code `fileNotFound`, `unreadable`, `foreignFile`, `unsupportedVersion`,
    ///   `truncated`, `corrupt` or `recipeMismatch`.
    /// - Complexity: O(size of the file), without the vectors when they are checked as they are used
    public init(
        path: String,
        expecting expected: [EmbeddingSpace.Block] = [],
        checking: FileChecking = .whole
    ) throws(RecIndexError) {
        self.init(try Segment(path: path, expecting: expected, checking: checking))
    }

    /// Writes the index to a file, which appears whole or not at all.
    ///
    /// The same products with the same embeddings give the same bytes. What was at the path before is replaced; indexes
    /// that have it open keep reading the old content.
    ///
    /// - Throws: ``RecIndexError`` with code `unwritable`, or `corrupt` when the index was opened from a file that turns
    ///   out to be damaged; what was at the path is unchanged then.
    public func write(to path: String) throws(RecIndexError) {
        try segment.write(to: path)
    }
}

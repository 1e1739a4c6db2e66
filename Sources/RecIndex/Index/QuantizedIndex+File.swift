public import RecCore

extension QuantizedIndex {
    /// Opens an index file that has codes, as ``write(to:)`` makes it.
    ///
    /// The file stays open and is read in place, so an index may be larger than memory. By default, vectors are checked
    /// when they are used for the first time, and opening takes milliseconds.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - expected: Blocks that the index must have just so, as for ``ExactIndex``.
    ///   - checking: When damage of vectors and of codes that are rarely read is looked for; everything else is checked
    ///     at once.
    ///   - effort: How sure a search makes itself that no better product exists.
    /// - Throws: ``RecIndexError`` as for ``ExactIndex``, and with code `noCodes` when the file has none.
    /// - Complexity: O(*n*), without the vectors when they are checked as they are used
    public init(
        path: String,
        expecting expected: [EmbeddingSpace.Block] = [],
        checking: FileChecking = .asUsed,
        effort: SearchEffort = .exact
    ) throws(RecIndexError) {
        let segment = try Segment(path: path, expecting: expected, checking: checking)
        guard segment.codes != nil else {
            throw RecIndexError(
                .noCodes,
                path: path,
                "'\(path)' has no codes. Open it as an exact index, or build the index anew with codes."
            )
        }
        self.init(segment, effort: effort)
    }

    /// Writes the index to a file, which appears whole or not at all.
    ///
    /// The same products with the same embeddings give the same bytes, whatever the number of threads.
    ///
    /// - Throws: ``RecIndexError`` with code `unwritable`, or `corrupt` when the index was opened from a file that turns
    ///   out to be damaged; what was at the path is unchanged then.
    public func write(to path: String) throws(RecIndexError) {
        try segment.write(to: path)
    }
}

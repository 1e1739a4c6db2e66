public import RecCore
internal import RecFiles

extension Index {
    /// Opens what was written: an index file, with codes or without, or the folder of a live index as it is at this moment.
    ///
    /// A file stays open: what is in it is read in place, so an index may be larger than memory. Replace it by writing a
    /// new one, as `write(to:)` does; changing or cutting it in place ends the processes that have it open. To follow the
    /// changes of a live index, use a ``LiveIndexReader``.
    ///
    /// ```swift
    /// let index = try Index.open(path: "shop.index", expecting: [.init(image: backbone)])
    /// ```
    /// - Parameters:
    ///   - path: The file or the folder.
    ///   - expected: Blocks that the index must have just so: pass those of the extractor and the encoder that queries
    ///     will be made with, so that an index built with other weights is refused here and not at the first query.
    ///   - checking: When damage of vectors, and of codes that are rarely read, is looked for in a file; everything else is
    ///     checked at once. In a live index they are always checked as they are used.
    /// - Returns: The index.
    /// - Throws: `RecError` with code `fileNotFound`, `unreadable`, `foreignFile`, `unsupportedVersion`,
    ///   `truncated`, `corrupt` or `recipeMismatch`.
    /// - Complexity: O(*n*), without the vectors when they are checked as they are used
    public static func open(
        path: String,
        expecting expected: [EmbeddingSpace.Block] = [],
        checking: FileChecking = .asUsed
    ) throws(RecError) -> Index {
        let folder = LiveFolder(path: path)
        guard FileSystem.exists(folder.manifest) else {
            return try Index(file: path, expecting: expected, checking: checking)
        }
        let index = try FolderContent(reading: folder).snapshot
        try index.space.check(expected, path: path)
        return index
    }
}

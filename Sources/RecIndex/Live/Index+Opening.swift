public import RecCore
internal import RecFiles

extension Index {
    /// Opens an index file, with or without codes, or the folder of a live index in its present state.
    ///
    /// The file stays open and is read in place, so an index may be larger than memory. To replace it, write a new
    /// file, as `write(to:)` does; changing or truncating it in place ends the processes that have it open. To follow
    /// the changes of a live index, use a ``LiveIndexReader``.
    ///
    /// ```swift
    /// let index = try Index.open(path: "shop.index", expecting: [.init(image: backbone)])
    /// ```
    /// - Parameters:
    ///   - path: The file or the folder.
    ///   - expected: Blocks that the index must have. Pass those of the extractor and the encoder of your queries, so
    ///     that an index built with other weights throws here and not at the first query.
    ///   - checking: The time at which vectors, and rarely read codes, of a file are checked for damage; everything
    ///     else is checked at once. In a live index they are always checked at their first use.
    /// - Returns: The index.
    /// - Throws: `RecError` with code `fileNotFound`, `unreadableFile`, `foreignFile`, `unsupportedVersion`,
    ///   `truncated`, `corrupt` or `recipeMismatch`, and `unfinishedIndex` for a folder that a publication has yet to fill.
    /// - Complexity: O(*n*), without the vectors when they are checked at their first use
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

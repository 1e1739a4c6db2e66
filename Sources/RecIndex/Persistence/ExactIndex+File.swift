public import RecCore
internal import RecPlatform

extension ExactIndex {
    /// Opens an index file.
    ///
    /// The file is checked whole, which reads it once, and then stays open: vectors are read in place. Replace it by
    /// writing a new one, as ``write(to:)`` does; changing or cutting it in place ends the processes that have it open.
    ///
    /// ```swift
    /// let index = try ExactIndex(path: "shop.index", expecting: [.init(image: backbone)])
    /// ```
    /// - Parameters:
    ///   - path: The file.
    ///   - expected: Blocks that the index must have just so: pass those of the extractor and the encoder that queries
    ///     will be made with, so that an index built with other weights is refused here and not at the first query.
    /// - Throws: ``RecIndexError`` with code `fileNotFound`, `unreadable`, `foreignFile`, `unsupportedVersion`,
    ///   `truncated`, `corrupt` or `recipeMismatch`.
    /// - Complexity: O(size of the file)
    public init(path: String, expecting expected: [EmbeddingSpace.Block] = []) throws(RecIndexError) {
        do {
            let index = ExactIndex(try IndexFileReader(MappedFile(path: path)).segment())
            try index.check(expected, path: path)
            self = index
        } catch let error as RecIndexError {
            throw error
        } catch let error as PlatformError {
            throw RecIndexError(error)
        } catch let damage as FileDamage {
            throw RecIndexError(damage, path: path)
        } catch {
            throw RecIndexError(.corrupt("\(error)"), path: path)
        }
    }

    /// Writes the index to a file, which appears whole or not at all.
    ///
    /// The same products with the same embeddings give the same bytes. What was at the path before is replaced; indexes
    /// that have it open keep reading the old content.
    ///
    /// - Throws: ``RecIndexError`` with code `unwritable`; what was at the path is unchanged then.
    public func write(to path: String) throws(RecIndexError) {
        do throws(PlatformError) {
            try IndexFileWriter(segment).write(to: path)
        } catch {
            throw RecIndexError(error, writing: true)
        }
    }

    private func check(_ expected: [EmbeddingSpace.Block], path: String) throws {
        for block in expected {
            guard let found = space.blocks.first(where: { $0.name == block.name }) else {
                throw RecIndexError(
                    .recipeMismatch,
                    path: path,
                    "'\(path)' has no block '\(block.name)'. Build the index anew with that block."
                )
            }
            guard found != block else { continue }
            let reasons = found.differences(from: block).joined(separator: "; ")
            throw RecIndexError(
                .recipeMismatch,
                path: path,
                "'\(path)' was built with another recipe for block '\(block.name)' (\(reasons)). Use the settings it was "
                    + "built with, or build it anew."
            )
        }
    }
}

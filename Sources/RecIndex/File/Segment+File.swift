internal import RecCore
internal import RecFiles

/// When the vectors of an index file are compared with their checksums.
public enum FileChecking: Sendable, Hashable {
    /// All of them when the file is opened, which reads it once.
    case whole
    /// Each when it is used for the first time, so that a file of any size opens at once. A search that meets a damaged
    /// vector throws.
    case asUsed
}

extension Segment {
    /// Opens a file.
    init(path: String, expecting expected: [EmbeddingSpace.Block] = [], checking: FileChecking) throws(RecIndexError) {
        do {
            let segment = try IndexFileReader(MappedFile(path: path), checksLater: checking == .asUsed).segment()
            try segment.check(expected, path: path)
            self = segment
        } catch let error as RecIndexError {
            throw error
        } catch let error as FileError {
            throw RecIndexError(error)
        } catch let damage as FileDamage {
            throw RecIndexError(damage, path: path)
        } catch {
            throw RecIndexError(.corrupt("\(error)"), path: path)
        }
    }

    /// Writes the segment to a file, which appears whole or not at all.
    func write(to path: String, synchronizesFolder: Bool = true) throws(RecIndexError) {
        let writer = try IndexFileWriter(self)
        do throws(FileError) {
            try writer.write(to: path, synchronizesFolder: synchronizesFolder)
        } catch {
            throw RecIndexError(error, writing: true)
        }
    }

    private func check(_ expected: [EmbeddingSpace.Block], path: String) throws(RecIndexError) {
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

internal import RecCore
internal import RecFiles

extension Segment {
    /// Opens a file.
    init(path: String, expecting expected: [EmbeddingSpace.Block] = [], checking: FileChecking) throws(RecError) {
        do {
            let segment = try IndexFileReader(MappedFile(path: path), checksLater: checking == .asUsed).segment()
            try segment.space.check(expected, path: path)
            self = segment
        } catch let error as RecError where error.path != nil {
            throw error
        } catch let error as FileError {
            throw RecError(error)
        } catch let damage as FileDamage {
            throw RecError(damage, path: path)
        } catch {
            throw RecError(.corrupt("\(error)"), path: path)
        }
    }

    /// Writes the segment to a file, which appears whole or not at all.
    ///
    /// - Parameters:
    ///   - path: Where the file appears.
    ///   - synchronizesFolder: Whether to make its name survive a power failure.
    ///   - progress: Gets the share that is written; nothing is left behind when it throws.
    /// - Throws: `RecError` with code `unwritable`, `corrupt`, or that of the error of `progress`.
    func write(
        to path: String,
        synchronizesFolder: Bool = true,
        progress: (Double) throws(FileError) -> Void = { (_) throws(FileError) in }
    ) throws(RecError) {
        let writer = try IndexFileWriter(self)
        do throws(FileError) {
            try writer.write(to: path, synchronizesFolder: synchronizesFolder, progress: progress)
        } catch {
            throw RecError(error, writing: true)
        }
    }
}

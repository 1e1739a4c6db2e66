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
    func write(to path: String, synchronizesFolder: Bool = true) throws(RecError) {
        let writer = try IndexFileWriter(self)
        do throws(FileError) {
            try writer.write(to: path, synchronizesFolder: synchronizesFolder)
        } catch {
            throw RecError(error, writing: true)
        }
    }
}

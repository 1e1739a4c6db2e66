internal import RecCore
internal import RecFiles

/// A stretch of a mapped file, addressed from its own start; a view, never a copy.
struct ByteRegion: Sendable {
    /// The file.
    let file: MappedFile
    /// The start of the stretch in the file.
    let start: Int
    /// Its length in bytes.
    let count: Int

    /// All of a file.
    init(_ file: MappedFile) {
        self.file = file
        start = 0
        count = file.count
    }

    private init(file: MappedFile, start: Int, count: Int) {
        self.file = file
        self.start = start
        self.count = count
    }

    /// A part of this region.
    ///
    /// - Throws: `corruptWeights` when it does not lie within the region; `what` names it in the message.
    func region(at offset: Int, count: Int, _ what: String) throws(RecError) -> ByteRegion {
        guard offset >= 0, count >= 0, offset <= self.count, count <= self.count - offset else {
            throw corrupt("\(what) lies outside of the file, which may be cut off")
        }
        return ByteRegion(file: file, start: start + offset, count: count)
    }

    /// A cursor over the region.
    func reader(at offset: Int = 0) -> RegionReader {
        RegionReader(region: self, offset: min(max(offset, 0), count))
    }

    /// Whether the region has these bytes at an offset.
    func matches(_ bytes: some Collection<UInt8>, at offset: Int = 0) -> Bool {
        guard offset >= 0, bytes.count <= count, offset <= count - bytes.count else { return false }
        return file.bytes(at: start + offset, count: bytes.count).map { $0.elementsEqual(bytes) } ?? false
    }

    /// Whether the region has this text at an offset.
    func matches(_ text: String, at offset: Int = 0) -> Bool { matches(text.utf8, at: offset) }

    /// The first bytes, as many as there are up to a limit.
    func prefix(_ limit: Int) -> [UInt8] { file.bytes(at: start, count: min(limit, count)) ?? [] }

    /// The error of a truncated or inconsistent file.
    func corrupt(_ message: String) -> RecError {
        RecError(.corruptWeights, path: file.path, message + "; fetch the file again.")
    }

    /// The error of a file of another kind.
    func foreign(_ message: String) -> RecError {
        RecError(.unknownWeightFormat, path: file.path, message)
    }

    /// The error of a pickle that names a forbidden class or function.
    func forbidden(_ message: String) -> RecError {
        RecError(.forbiddenPickle, path: file.path, message)
    }

    /// The error of a file with an unsupported feature.
    func unsupported(_ message: String) -> RecError {
        RecError(.unsupportedWeights, path: file.path, message)
    }
}

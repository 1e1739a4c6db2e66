internal import RecCore
internal import RecFiles

extension SegmentFile {
    /// Creates the identity of a segment file from its content.
    init(number: UInt64, _ file: MappedFile) {
        self.number = number
        size = UInt64(file.count)
        fingerprint = file.withBytes { CRC32C.of($0.extracting(0..<min(file.count, LiveFormat.fingerprintSize))) }
    }

    /// Opens and checks the segment.
    func open(_ folder: LiveFolder, space: EmbeddingSpace) throws(RecError) -> Segment {
        let path = folder.segment(number)
        return try RecError.naming(path) {
            let file = try MappedFile(path: path)
            let segment = try IndexFileReader(file, checksLater: true).segment(sharing: space)
            guard self == SegmentFile(number: number, file), segment.space == space else {
                throw FileDamage.corrupt("it is not the file that the manifest names")
            }
            return segment
        }
    }
}

internal import RecCore
internal import RecFiles

/// The manifest of a live index: its space, its segments and the start of its log.
struct Manifest: Sendable {
    /// A segment file, with flags for its live products.
    struct Segment: Sendable {
        let file: SegmentFile
        /// A flag for each row; `nil` when all products are live.
        let isLive: RowFlags?
    }

    let space: EmbeddingSpace

    /// The oldest log whose changes are not in the segments.
    let firstGeneration: UInt64

    /// The number of the next segment file.
    let nextSegment: UInt64

    let segments: [Segment]

    /// The bytes of the file.
    var encoded: [UInt8] {
        var payload = ByteWriter()
        payload.write(space)
        payload.write(firstGeneration)
        payload.write(nextSegment)
        payload.write(UInt32(segments.count))
        for segment in segments {
            payload.write(segment.file.number)
            payload.write(segment.file.size)
            payload.write(segment.file.fingerprint)
            payload.write(UInt64(segment.isLive?.count ?? 0))
            payload.write(contentsOf: segment.isLive?.bytes ?? [])
        }
        return LiveFormat.sealed(payload, as: LiveFormat.manifestMagic)
    }

    init(space: EmbeddingSpace, firstGeneration: UInt64, nextSegment: UInt64, segments: [Segment]) {
        self.space = space
        self.firstGeneration = firstGeneration
        self.nextSegment = nextSegment
        self.segments = segments
    }

    /// Reads and checks the bytes of a manifest.
    init(_ bytes: [UInt8]) throws {
        var reader = try LiveFormat.opened(bytes, as: LiveFormat.manifestMagic)
        space = try reader.readSpace()
        firstGeneration = try reader.readNumber()
        nextSegment = try reader.readNumber()
        var segments: [Segment] = []
        for _ in 0..<(try reader.read(UInt32.self)) {
            let file = SegmentFile(
                number: try reader.readNumber(),
                size: try reader.read(UInt64.self),
                fingerprint: try reader.read(UInt32.self)
            )
            guard file.number < nextSegment, !segments.contains(where: { $0.file.number == file.number }) else {
                throw FileDamage.corrupt("its list of segments")
            }
            let rows = try reader.read(UInt64.self)
            guard rows / 8 <= UInt64(reader.remaining) else { throw FileDamage.corrupt("the flags of a segment") }
            let flags = rows > 0 ? try Self.flags(&reader, count: Int(rows)) : nil
            segments.append(Segment(file: file, isLive: flags))
        }
        guard reader.remaining == 0 else { throw FileDamage.corrupt("it is longer than it should be") }
        self.segments = segments
    }

    /// Replaces the manifest of a folder atomically; ``LiveFolder/synchronize()`` makes that durable.
    func write(to folder: LiveFolder) throws(FileError) {
        let bytes = encoded
        try AtomicFile.write(to: folder.manifest, synchronizesFolder: false) { file throws(FileError) in
            try file.write(bytes)
        }
    }

    private static func flags(_ reader: inout ByteReader, count: Int) throws -> RowFlags {
        RowFlags(bytes: try reader.readArray(of: UInt8.self, count: (count + 7) / 8), count: count)
    }
}

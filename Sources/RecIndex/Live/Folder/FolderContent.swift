internal import RecCore
internal import RecFiles

/// The content of a live index's folder.
struct FolderContent {
    /// The bytes of the manifest, to detect changes.
    let manifestBytes: [UInt8]

    let manifest: Manifest

    /// The products.
    let snapshot: Index

    /// The end of the log.
    let position: LogScan.Position

    /// The slot of the commit file that is not the later one.
    let freeSlot: Int

    /// Reads and checks everything.
    ///
    /// - Parameters:
    ///   - folder: The folder.
    ///   - open: The open segments, to reuse.
    /// - Throws: `RecError` when a file is missing or damaged.
    init(
        _ folder: LiveFolder,
        reusing open: [SegmentFile: Segment] = [:]
    ) throws(RecError) {
        let bytes = try Self.bytes(of: folder.manifest)
        let manifest = try RecError.naming(folder.manifest) { try Manifest(bytes) }
        let (commit, slot) = try Self.commit(folder)
        var parts: [IndexPart] = []
        for entry in manifest.segments {
            let segment: Segment
            if let known = open[entry.file] {
                segment = known
            } else {
                segment = try entry.file.open(folder, space: manifest.space)
            }
            guard entry.isLive.map({ $0.count == segment.count }) ?? true else {
                throw RecError(
                    FileDamage.corrupt("the flags of segment \(entry.file.number)"),
                    path: folder.manifest
                )
            }
            parts.append(IndexPart(segment, file: entry.file, isLive: entry.isLive))
        }
        var scan = LogScan(
            folder: folder,
            space: manifest.space,
            commit: commit,
            from: LogScan.Position(generation: manifest.firstGeneration, offset: 0)
        )
        try scan.run()
        let notes = try FolderNotes.read(folder)
        snapshot = try scan.apply(to: Index(IndexParts(space: manifest.space, parts), notes: notes))
        manifestBytes = bytes
        position = scan.position
        freeSlot = 1 - slot
        self.manifest = manifest
    }

    /// Reads everything, and repeats that if a writer removed files meanwhile, which changes the manifest.
    ///
    /// - Parameters:
    ///   - folder: The folder.
    ///   - open: The open segments, to reuse.
    /// - Throws: `RecError` when a file is missing or damaged, and with code `unfinishedIndex`.
    init(reading folder: LiveFolder, reusing open: [SegmentFile: Segment] = [:]) throws(RecError) {
        var attempts = 0
        while true {
            let before = try Self.bytes(of: folder.manifest)
            try folder.requireFinished()
            do throws(RecError) {
                let content = try FolderContent(folder, reusing: open)
                // Another manifest may be that of a new index, which is not finished.
                guard content.manifestBytes != before, attempts < 1000 else {
                    self = content
                    return
                }
                attempts += 1
            } catch {
                attempts += 1
                guard attempts < 1000, try Self.bytes(of: folder.manifest) != before else { throw error }
            }
        }
    }

    /// The bytes of all logs together.
    func logSize(_ folder: LiveFolder) -> Int {
        let older = (manifest.firstGeneration..<position.generation).reduce(0) { size, generation in
            size + ((try? FileIdentity(path: folder.log(generation)))?.size ?? 0)
        }
        return older + position.offset - LogHeader.size
    }

    /// The bytes of a small file.
    static func bytes(of path: String) throws(RecError) -> [UInt8] {
        try RecError.naming(path) { try FileSystem.contents(ofFile: path, limit: .max) }
    }

    /// The last commit point, and its slot.
    static func commit(_ folder: LiveFolder) throws(RecError) -> (point: CommitPoint, slot: Int) {
        let bytes = try bytes(of: folder.commit)
        return try RecError.naming(folder.commit) { try CommitPoint.read(bytes) }
    }
}

extension LogScan {
    /// The snapshot with the changes of the log.
    func apply(to snapshot: Index) throws(RecError) -> Index {
        let batch = try RecError.naming(folder.log(position.generation)) {
            try ChangeBatch(changes.values, space: space)
        }
        return snapshot.applying(batch, version: position.version ?? 0)
    }
}

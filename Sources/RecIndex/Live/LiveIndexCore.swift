internal import RecCompute
internal import RecCore
internal import RecFiles

/// The writing side of a live index, shared with its background threads.
///
/// Locks, taken in this order: `compaction` and `sealing` while a segment is being written, `writer` for a change,
/// `published` for the exchange of a reference, the lock of `meter`. Readers take only the last two.
final class LiveIndexCore: Sendable {
    let folder: LiveFolder
    let space: EmbeddingSpace
    let options: LiveIndex.Options

    /// The pause of background work after a failure, for example while the disk is full.
    let pause: Duration

    let compaction = LockedValue<Void>(())
    let sealing = LockedValue<Void>(())
    let writer: LockedValue<LiveIndexWriter>
    let meter: LiveIndexMeter
    private let published: LockedValue<Index>

    /// The space and the notes of a new index.
    struct Creation {
        let space: EmbeddingSpace
        let notes: [String: String]
        /// Whether nobody may read the index before a publication has filled it.
        var isUnfinished = false
    }

    /// Opens or creates the index in a folder; with `publishing` also one that is not finished.
    init(
        path: String,
        creating new: Creation?,
        publishing isPublishing: Bool = false,
        expecting expected: [EmbeddingSpace.Block] = [],
        options: LiveIndex.Options,
        pause: Duration
    ) throws(RecError) {
        try options.check()
        self.pause = pause
        let folder = LiveFolder(path: path)
        self.folder = folder
        self.options = options
        if new != nil { try Self.writing { () throws(FileError) in try FileSystem.createFolder(path) } }
        // Before the lock, so that a folder with other contents is not changed, and again once no other writer can
        // interfere.
        if !FileSystem.exists(folder.manifest) {
            guard new != nil else {
                throw RecError(.fileNotFound, path: path, "There is no live index. Give its space to create one.")
            }
            try Self.checkIsFree(folder)
        }
        let lock = try Self.writing { () throws(FileError) in try AppendFile(path: folder.lock) }
        if let new, !FileSystem.exists(folder.manifest) { try Self.create(folder, new) }
        if !isPublishing { try folder.requireFinished() }
        let content = try FolderContent(folder)
        // The caller's space, so that comparing it with the space of its queries takes no time.
        space = new?.space ?? content.manifest.space
        guard content.manifest.space == space else { throw RecError(folder, content.manifest.space, isNot: space) }
        try space.check(expected, path: path)
        // The manifest may not be on the disk yet; until it is, the files of its predecessor must stay.
        try Self.writing { () throws(FileError) in try folder.synchronize() }
        folder.removeLeftovers(content.manifest)
        let log = try Self.writing { () throws(FileError) in
            try ChangeLog(folder: folder, position: content.position, slot: content.freeSlot)
        }
        meter = LiveIndexMeter(pendingSize: content.logSize(folder))
        published = LockedValue(content.snapshot.with(space))
        writer = LockedValue(
            LiveIndexWriter(
                log: log,
                lock: lock,
                firstGeneration: content.manifest.firstGeneration,
                nextSegment: content.manifest.nextSegment,
                meter: meter
            )
        )
    }

    /// The present products.
    var snapshot: Index { published.withLock { $0 } }

    /// Makes another snapshot the present one.
    func publish(_ snapshot: Index) {
        let previous = published.withLock { current in
            let previous = current
            current = snapshot
            return previous
        }
        // The old snapshot is released here and not under the lock, where readers would wait.
        withExtendedLifetime(previous) {}
    }

    /// Makes changes atomically.
    ///
    /// - Returns: The number of products that were removed.
    @discardableResult
    func apply(_ changes: some Sequence<LiveIndex.Change>) throws(RecError) -> Int {
        let batch = try ChangeBatch(changes, space: space)
        guard !batch.changes.isEmpty else { return 0 }
        try makeRoom()
        return try writer.withLock { writer throws(RecError) in
            try writer.checkIsOpen(folder)
            let removed = batch.removals.count { snapshot.parts.has($0) }
            let version = snapshot.version + 1
            let record = ChangeRecord.encoded(batch.changes, version: version, space: space)
            try Self.writing { () throws(FileError) in
                try writer.log?.append(record, synchronizing: options.durability == .everyCall)
            }
            writer.pendingSize += record.count
            publish(snapshot.applying(batch, version: version, frozen: writer.frozen))
            startMaintenance(&writer)
            return removed
        }
    }

    /// Returns when all changes are on the disk.
    func flush() throws(RecError) {
        try writer.withLock { writer throws(RecError) in
            try writer.checkIsOpen(folder)
            try Self.writing { () throws(FileError) in try writer.log?.synchronize() }
        }
    }

    /// Ends the work in the background, writes what was not flushed, and lets other writers in, also when it throws.
    func close() throws(RecError) {
        writer.withLock { $0.isClosing = true }
        try withoutMaintenance { () throws(RecError) in
            try writer.withLock { writer throws(RecError) in
                defer {
                    writer.log = nil
                    writer.lock = nil
                }
                try Self.writing { () throws(FileError) in try writer.log?.synchronize() }
            }
        }
    }

    /// Lets others read an index that was created unfinished.
    func finishPublishing() throws(RecError) {
        guard FileSystem.exists(folder.unfinished) else { return }
        try writer.withLock { writer throws(RecError) in
            try writer.checkIsOpen(folder)
            try Self.writing { () throws(FileError) in
                try writer.log?.synchronize()
                try FileSystem.remove(folder.unfinished)
                try folder.synchronize()
            }
        }
    }

    /// Runs `body` while no segment is being written or compacted.
    func withoutMaintenance<Failure: Error>(_ body: () throws(Failure) -> Void) throws(Failure) {
        try compaction.withLock { _ throws(Failure) in
            try sealing.withLock { _ throws(Failure) in try body() }
        }
    }

    /// Runs `body` and converts its errors to errors about writing.
    static func writing<Value>(_ body: () throws(FileError) -> Value) throws(RecError) -> Value {
        do throws(FileError) {
            return try body()
        } catch {
            throw RecError(error, writing: true)
        }
    }

    /// Creates an empty index; the manifest is written last, so that a folder without one is not an index.
    private static func create(_ folder: LiveFolder, _ new: Creation) throws(RecError) {
        try checkIsFree(folder)
        for block in new.space.blocks where block.kind.recipe != nil {
            guard (1...FileFormat.maximumDimension).contains(block.dimension) else {
                throw RecError(
                    .invalidSetting,
                    "Block '\(block.name)' has \(block.dimension) components; an index keeps 1 to "
                        + "\(FileFormat.maximumDimension)."
                )
            }
        }
        let manifest = Manifest(space: new.space, firstGeneration: 1, nextSegment: 1, segments: [])
        try writing { () throws(FileError) in
            if new.isUnfinished {
                _ = try AppendFile(path: folder.unfinished)
            } else if FileSystem.exists(folder.unfinished) {
                try FileSystem.remove(folder.unfinished)
            }
            try FolderNotes.write(new.notes, to: folder)
            try ChangeLog.create(folder)
            try folder.synchronize()
            try manifest.write(to: folder)
            try folder.synchronize()
        }
    }

    /// Whether a file is empty or begins as ours do, and not somebody else's of the same name.
    private static func isOurs(_ path: String, _ magic: [UInt8]) -> Bool {
        guard let bytes = try? FileSystem.contents(ofFile: path, limit: 1 << 30) else { return false }
        return bytes.isEmpty || bytes.starts(with: magic)
    }

    /// Checks that a folder without a manifest holds only files of an interrupted creation.
    private static func checkIsFree(_ folder: LiveFolder) throws(RecError) {
        let entries = try writing { () throws(FileError) in try folder.entries() }
        for (name, entry) in entries {
            let isOurs =
                switch entry {
                case .log(let generation):
                    // An index whose creation was interrupted.
                    generation == 1
                        && (try? FileIdentity(path: folder.path + "/" + name))?.size ?? 0 <= LogHeader.size
                case .segment: false
                case .temporary: true
                // Lock and mark are empty and never written to. The others appear whole, and are replaced.
                case .other where name == "commit": isOurs(folder.commit, CommitPoint.magic)
                case .other where name == "notes": isOurs(folder.notes, LiveFormat.notesMagic)
                case .other: name == "lock" || name == "unfinished"
                }
            guard isOurs else {
                throw RecError(
                    .foreignFile,
                    path: folder.path,
                    "The folder holds files ('\(name)') but no manifest of an index. Give another folder, or restore "
                        + "the manifest."
                )
            }
        }
    }
}

extension RecError {
    /// Describes the differences between the space of an index and the expected one.
    init(_ folder: LiveFolder, _ found: EmbeddingSpace, isNot expected: EmbeddingSpace) {
        let names = found.blocks.map(\.name.rawValue).joined(separator: ", ")
        let wanted = expected.blocks.map(\.name.rawValue).joined(separator: ", ")
        let reasons =
            names == wanted
            ? zip(found.blocks, expected.blocks).flatMap { $0.differences(from: $1) }
            : ["the blocks \(names) are not \(wanted)"]
        self.init(
            .recipeMismatch,
            path: folder.path,
            "It was built with another recipe (\(reasons.joined(separator: "; "))). Use the settings it was "
                + "built with, or build it anew."
        )
    }
}

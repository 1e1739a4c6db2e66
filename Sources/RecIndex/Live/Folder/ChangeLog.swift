internal import RecFiles

/// The end of the log, where the writer appends changes.
struct ChangeLog: Sendable {
    private let folder: LiveFolder
    private let commitFile: AppendFile
    private var file: AppendFile

    /// The number of the present log file.
    private(set) var generation: UInt64

    /// The number of the last call in the log.
    private(set) var version: UInt64

    /// The end of the last record.
    private(set) var length: Int

    /// The next slot of the commit file.
    private var slot: Int

    /// Whether the file is known to end at `length`.
    private var isClean = false

    /// Whether everything up to `length` is on the disk and acknowledged.
    private var isSynchronized = false

    /// The first error of the disk, if any.
    private var failure: FileError?

    /// Opens the log for writing; data after `position` is truncated.
    init(folder: LiveFolder, position: LogScan.Position, slot: Int) throws(FileError) {
        self.folder = folder
        self.slot = slot
        generation = position.generation
        version = position.version ?? 0
        length = position.offset
        commitFile = try AppendFile(path: folder.commit)
        file = try AppendFile(path: folder.log(position.generation))
        try clean()
        try synchronize()
    }

    /// Writes the files of an empty index, except for its manifest.
    static func create(_ folder: LiveFolder) throws(FileError) {
        let header = LogHeader(generation: 1, firstVersion: 1)
        let point = CommitPoint(version: 0, generation: 1, length: UInt64(LogHeader.size))
        try AtomicFile.write(to: folder.log(1), synchronizesFolder: false) { file throws(FileError) in
            try file.write(header.encoded)
        }
        try AtomicFile.write(to: folder.commit, synchronizesFolder: false) { file throws(FileError) in
            try file.write(point.encoded + point.encoded)
        }
    }

    /// Adds the record of the next call; when it throws, the record is not in the log.
    mutating func append(_ record: [UInt8], synchronizing: Bool) throws(FileError) {
        try clean()
        isClean = false
        do throws(FileError) {
            try file.append(record)
            if synchronizing {
                try file.synchronize()
                try acknowledge(CommitPoint(version: version + 1, generation: generation, length: end(after: record)))
            }
        } catch {
            try? clean()
            throw error
        }
        isClean = true
        isSynchronized = synchronizing
        version += 1
        length += record.count
    }

    /// Returns when everything is on the disk.
    ///
    /// The system may report a failure once and drop the unwritten data, so nothing is acknowledged after one.
    mutating func synchronize() throws(FileError) {
        guard !isSynchronized else { return }
        if let failure { throw failure }
        do throws(FileError) {
            try file.synchronize()
        } catch {
            failure = error
            throw error
        }
        try acknowledge(CommitPoint(version: version, generation: generation, length: UInt64(length)))
        isSynchronized = true
    }

    /// Continues in a new file; when it throws, the present one is still in use.
    mutating func rotate() throws(FileError) {
        try clean()
        try synchronize()
        let next = folder.log(generation + 1)
        let header = LogHeader(generation: generation + 1, firstVersion: version + 1)
        do throws(FileError) {
            try AtomicFile.write(to: next, synchronizesFolder: false) { file throws(FileError) in
                try file.write(header.encoded)
            }
            // If the new log's name is lost, so are its acknowledged changes.
            try folder.synchronize()
            let opened = try AppendFile(path: next)
            try opened.truncate(to: LogHeader.size)
            let length = UInt64(LogHeader.size)
            try acknowledge(CommitPoint(version: version, generation: generation + 1, length: length))
            file = opened
        } catch {
            // Otherwise the present log would grow beside its successor.
            isClean = false
            try? clean()
            throw error
        }
        generation += 1
        length = LogHeader.size
        try? commitFile.synchronize()
    }

    /// Truncates the remains of a failed call.
    private mutating func clean() throws(FileError) {
        guard !isClean else { return }
        let next = folder.log(generation + 1)
        if FileSystem.exists(next) { try FileSystem.remove(next) }
        try file.truncate(to: length)
        isClean = true
    }

    private mutating func acknowledge(_ point: CommitPoint) throws(FileError) {
        try commitFile.overwrite(point.encoded, at: slot * CommitPoint.slotSize)
        slot = 1 - slot
    }

    private func end(after record: [UInt8]) -> UInt64 {
        UInt64(length + record.count)
    }
}

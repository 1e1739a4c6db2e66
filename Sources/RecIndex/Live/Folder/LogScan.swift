internal import RecCore
internal import RecFiles

/// Reads the changes in the logs of a folder, one log after another.
struct LogScan {
    /// The expected position of the next record.
    struct Position: Sendable {
        var generation: UInt64
        /// 0 before the header was read.
        var offset: Int
        /// The number of the call that was read last; `nil` before the first header was read.
        var version: UInt64?
        /// The frame of the last record read in this log, to check that it is still there.
        var lastFrame: (offset: Int, bytes: [UInt8])?
    }

    let folder: LiveFolder
    let space: EmbeddingSpace

    /// The commit point, read before the logs.
    let commit: CommitPoint

    /// The expected position of the next record.
    private(set) var position: Position

    /// The last change of each product, in no order.
    private(set) var changes: [ProductID: LiveIndex.Change] = [:]

    /// Whether an earlier record is no longer in its log, so that everything must be read again.
    private(set) var isRewritten = false

    init(folder: LiveFolder, space: EmbeddingSpace, commit: CommitPoint, from position: Position) {
        self.folder = folder
        self.space = space
        self.commit = commit
        self.position = position
    }

    /// Reads everything up to the end, or up to an interrupted record.
    ///
    /// - Throws: `RecError` when an acknowledged log is missing or damaged.
    mutating func run() throws(RecError) {
        while true {
            // Checked first: a log with a successor is never written again, so it must be complete.
            let hasSuccessor = FileSystem.exists(folder.log(position.generation + 1))
            let path = folder.log(position.generation)
            try RecError.naming(path) { try readLog(path, mustBeWhole: hasSuccessor) }
            guard hasSuccessor, !isRewritten else { break }
            position = Position(generation: position.generation + 1, offset: 0, version: position.version)
        }
        guard commit.generation <= position.generation || isRewritten else {
            throw RecError(.truncated, path: folder.path, "The end of its log is missing.")
        }
    }

    private mutating func readLog(_ path: String, mustBeWhole: Bool) throws {
        let start = position.lastFrame?.offset ?? position.offset
        let bytes = try FileSystem.contents(ofFile: path, from: start, limit: .max)
        var reader = ByteReader(bytes)
        if let frame = position.lastFrame {
            // A failed write is truncated, and another record may replace it.
            guard bytes.starts(with: frame.bytes), bytes.count >= position.offset - start else {
                isRewritten = true
                return
            }
            _ = try reader.readArray(of: UInt8.self, count: position.offset - start)
        } else if position.offset == 0 {
            let header = try LogHeader(&reader)
            guard header.generation == position.generation, header.firstVersion > 0,
                position.version.map({ header.firstVersion == $0 + 1 }) ?? true
            else { throw FileDamage.corrupt("it does not continue the log before it") }
            try advance(to: reader.position, version: header.firstVersion - 1)
        }
        while reader.remaining > 0 {
            let version = (position.version ?? 0) + 1
            do {
                for change in try ChangeRecord.read(&reader, version: version, space: space) {
                    changes[change.id] = change
                }
            } catch {
                guard !mustBeWhole, position.offset >= acknowledged else {
                    throw error is ByteReader.EndOfData ? FileDamage.truncated : error
                }
                return
            }
            let frameStart = position.offset - start
            position.lastFrame = (position.offset, Array(bytes[frameStart..<frameStart + ChangeRecord.frameSize]))
            try advance(to: start + reader.position, version: version)
        }
        guard position.offset >= acknowledged else { throw FileDamage.truncated }
    }

    /// The acknowledged end of the present log.
    private var acknowledged: UInt64 {
        commit.generation == position.generation ? commit.length : 0
    }

    private mutating func advance(to offset: Int, version: UInt64) throws {
        let isNew = position.offset < acknowledged && offset >= acknowledged
        if isNew, offset != acknowledged || version != commit.version {
            throw FileDamage.corrupt("it is not the log that was acknowledged")
        }
        position.offset = offset
        position.version = version
    }
}

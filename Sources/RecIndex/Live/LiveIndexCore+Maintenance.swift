internal import RecCore
internal import RecPlatform
internal import Synchronization

/// Sealing, which puts changes from memory and log into a segment file, and compaction, which makes one file of several
/// and gives back the space of products that no longer count.
///
/// A crash at any moment is safe: the manifest names the old files until all of the new one is on the disk, and the log
/// is removed after that.
extension LiveIndexCore {
    /// The bytes of vectors that are gathered in memory; more go through a file.
    private static let gatheringLimit = 256 << 20

    /// Parts that become one segment file.
    struct Job {
        /// The parts as they are when the work begins.
        let parts: [SnapshotPart]

        /// The oldest log that is needed after the job.
        let firstGeneration: UInt64

        /// The bytes of changes that the job puts into a file.
        let size: Int
    }

    /// Whether something is worth doing.
    func needsMaintenance(_ writer: LiveIndexWriter) -> Bool {
        (writer.log?.length ?? 0) > options.memoryLimit || crowdedParts != nil
    }

    /// Does what is worth doing, until nothing is.
    func maintain() {
        while maintenance.withLock({ _ in maintainOnce() }) {}
    }

    /// Makes one segment file of everything.
    func compact() throws(RecIndexError) {
        try maintenance.withLock { _ throws(RecIndexError) in
            let job = try writer.withLock { writer throws(RecIndexError) -> Job? in
                let parts = snapshot.parts
                guard writer.pendingSize > 0 || parts.count > 1 || parts.contains(where: { $0.deadCount > 0 }) else {
                    return nil
                }
                return try seal(parts, &writer)
            }
            if let job { try run(job) }
        }
    }

    /// Waits for a sealing, or makes one, when changes come faster than they can be sealed.
    func makeRoom() throws(RecIndexError) {
        let limit = max(options.memoryLimit, 1 << 16) * 4
        func isFull() -> Bool { writer.withLock { $0.pendingSize > limit } }
        guard isFull() else { return }
        try maintenance.withLock { _ throws(RecIndexError) in
            guard isFull() else { return }
            let job = try writer.withLock { writer throws(RecIndexError) in
                try seal(snapshot.parts.filter { $0.file == nil }, &writer)
            }
            try run(job)
        }
    }

    private func maintainOnce() -> Bool {
        do throws(RecIndexError) {
            let job = try writer.withLock { writer throws(RecIndexError) -> Job? in
                let job = try nextJob(&writer)
                if job == nil { writer.isMaintained = false }
                return job
            }
            guard let job else { return false }
            try run(job)
            writer.withLock { $0.maintenanceError = nil }
            return true
        } catch {
            writer.withLock { writer in
                writer.maintenanceError = error
                writer.isMaintained = false
            }
            return false
        }
    }

    private func nextJob(_ writer: inout LiveIndexWriter) throws(RecIndexError) -> Job? {
        guard let log = writer.log, !writer.isClosing else { return nil }
        if log.length > options.memoryLimit {
            return try seal(snapshot.parts.filter { $0.file == nil }, &writer)
        }
        return crowdedParts.map { Job(parts: $0, firstGeneration: writer.firstGeneration, size: 0) }
    }

    /// Begins a new log, so that the old ones hold nothing but the changes of parts that are in memory now.
    private func seal(_ parts: [SnapshotPart], _ writer: inout LiveIndexWriter) throws(RecIndexError) -> Job {
        try Self.writing { () throws(PlatformError) in try writer.log?.rotate() }
        writer.frozen = Set(parts.filter { $0.file == nil }.map(\.number))
        return Job(parts: parts, firstGeneration: writer.log?.generation ?? 0, size: writer.pendingSize)
    }

    /// The segments that should be written anew: those with many dead products, or the smallest ones of too many.
    private var crowdedParts: [SnapshotPart]? {
        let files = snapshot.parts.filter { $0.file != nil }
        let dead = files.filter { Double($0.deadCount) > options.maximumDeadShare * Double($0.segment.count) }
        if !dead.isEmpty { return dead }
        guard files.count > max(options.maximumSegmentCount, 1) else { return nil }
        // As many as are not greater than those before them together, so that a product is seldom written again.
        let ascending = files.sorted { ($0.liveCount, $0.number) < ($1.liveCount, $1.number) }
        var chosen = Array(ascending.prefix(2))
        var count = chosen.reduce(0) { $0 + $1.liveCount }
        for part in ascending.dropFirst(2) where part.liveCount <= count {
            chosen.append(part)
            count += part.liveCount
        }
        return chosen
    }

    private func run(_ job: Job) throws(RecIndexError) {
        var part: SnapshotPart?
        do {
            part = try write(job)
            let replaced = Set(job.parts.map(\.number))
            let oldest = try writer.withLock { writer in try finish(job, part, replaced, &writer) }
            for generation in oldest..<max(job.firstGeneration, oldest) { FileSystem.remove(folder.log(generation)) }
            for old in job.parts { if let file = old.file { FileSystem.remove(folder.segment(file.number)) } }
        } catch {
            if let file = part?.file { FileSystem.remove(folder.segment(file.number)) }
            writer.withLock { $0.frozen = [] }
            throw error as? RecIndexError ?? RecIndexError(.unwritable, path: folder.path, "\(error)")
        }
    }

    /// Writes the segment file; `nil` when no product is left.
    private func write(_ job: Job) throws -> SnapshotPart? {
        let merge = SegmentMerge(job.parts, space: space)
        guard merge.count > 0 else { return nil }
        let (number, partNumber) = writer.withLock { ($0.takeSegmentNumber(), $0.takePartNumber()) }
        let path = folder.segment(number)
        try Self.writing { () throws(PlatformError) in
            let segment = try merge.segment(spillingTo: folder.scratch, above: Self.gatheringLimit)
            try IndexFileWriter(segment).write(to: path)
        }
        do {
            let file = try RecIndexError.naming(path) { SegmentFile(number: number, try MappedFile(path: path)) }
            let segment = try file.open(folder, space: space)
            return SnapshotPart(number: partNumber, segment: segment, file: file)
        } catch {
            FileSystem.remove(path)
            throw error
        }
    }

    /// Puts the new segment in the place of the old parts, in the manifest and in memory.
    ///
    /// - Returns: The oldest log that was needed before.
    private func finish(
        _ job: Job,
        _ part: SnapshotPart?,
        _ replaced: Set<Int>,
        _ writer: inout LiveIndexWriter
    ) throws -> UInt64 {
        let current = snapshot
        var part = part
        for old in job.parts {
            if let now = current.parts.first(where: { $0.number == old.number }) {
                part?.remove(now.removed(since: old))
            }
        }
        let next = current.replacing(replaced, with: part)
        let manifest = Manifest(
            space: space,
            firstGeneration: job.firstGeneration,
            nextSegment: writer.nextSegment,
            segments: next.parts.compactMap { part in part.file.map { .init(file: $0, isLive: part.isLive) } }
        )
        try Self.writing { () throws(PlatformError) in
            // The manifest says which products were replaced: by changes that must not be lost while it stays.
            try writer.log?.synchronize()
            try manifest.write(to: folder)
        }
        publish(next)
        defer { writer.firstGeneration = job.firstGeneration }
        writer.frozen = []
        writer.pendingSize -= job.size
        return writer.firstGeneration
    }
}

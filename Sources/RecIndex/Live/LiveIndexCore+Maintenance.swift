internal import RecCompute
internal import RecCore
internal import RecFiles
internal import Synchronization

/// Sealing, which puts changes from memory and log into a segment file, and compaction, which makes one file of several
/// and gives back the space of products that no longer count.
///
/// A crash at any moment is safe: the manifest names the old files until all of the new one is on the disk, and the log
/// is removed after that.
extension LiveIndexCore {
    /// The bytes of vectors that are gathered in memory; more go through a file.
    private static let gatheringLimit = 256 << 20

    /// Work in the background; one of each kind goes on at a time.
    enum Work: Sendable, CaseIterable {
        case sealing
        case compaction
    }

    /// Parts that become one segment file.
    private struct Job {
        /// The parts as they are when the work begins.
        let parts: [IndexPart]

        /// What the job does to the log; `nil` when it makes files of files.
        let sealed: Sealed?

        /// The changes that get into a file.
        struct Sealed {
            /// The oldest log that is needed after the job.
            let firstGeneration: UInt64

            /// The bytes of the changes.
            let size: Int
        }
    }

    /// What came of a piece of work.
    private enum Outcome {
        case done
        case nothingToDo
        case failed
    }

    /// Starts the work that is worth doing and does not go on already.
    func startMaintenance(_ writer: inout LiveIndexWriter) {
        for work in Work.allCases where !writer.running.contains(work) && isWorthwhile(work, writer) {
            // Changes wait for a sealing when they come too fast, and for a compaction never.
            let isStarted = BackgroundThread.run(niceness: work == .sealing ? 5 : 15) {
                while true {
                    let outcome =
                        switch work {
                        case .sealing: self.sealing.withLock { _ in self.maintainOnce(work) }
                        case .compaction: self.compaction.withLock { _ in self.maintainOnce(work) }
                        }
                    switch outcome {
                    case .done: continue
                    case .nothingToDo: return
                    // Nobody may come by for long, and the reason may be gone soon.
                    case .failed: BackgroundThread.sleep(self.pause)
                    }
                }
            }
            if isStarted { writer.running.insert(work) }
        }
    }

    private func isWorthwhile(_ work: Work, _ writer: LiveIndexWriter) -> Bool {
        guard !writer.isClosing, writer.log != nil else { return false }
        return switch work {
        case .sealing: writer.pendingSize > options.memoryLimit
        case .compaction: crowdedParts != nil
        }
    }

    /// Makes one segment file of everything.
    func compact() throws(RecError) {
        try withoutMaintenance { () throws(RecError) in
            let job = try writer.withLock { writer throws(RecError) -> Job? in
                let parts = snapshot.parts.all
                guard writer.pendingSize > 0 || parts.count > 1 || parts.contains(where: { $0.deadCount > 0 }) else {
                    return nil
                }
                return try seal(parts, &writer)
            }
            if let job { try run(job) }
            writer.withLock { $0.failures = [:] }
        }
    }

    /// Waits for a sealing, or makes one, when changes come faster than they can be sealed.
    func makeRoom() throws(RecError) {
        let limit = min(options.memoryLimit, .max / 4) * 4
        func isFull() -> Bool { writer.withLock { $0.pendingSize > limit } }
        guard isFull() else { return }
        try sealing.withLock { _ throws(RecError) in
            guard isFull() else { return }
            let job = try writer.withLock { writer throws(RecError) in
                try seal(snapshot.parts.all.filter { $0.file == nil }, &writer)
            }
            try run(job)
            writer.withLock { $0.failures[.sealing] = nil }
        }
    }

    /// Does one piece of work, if there is some; the caller goes on with the next, and is running no more when there is
    /// nothing to do.
    private func maintainOnce(_ work: Work) -> Outcome {
        do throws(RecError) {
            let job = try writer.withLock { writer throws(RecError) -> Job? in
                guard isWorthwhile(work, writer) else {
                    // Of what failed only the last step can be left to do, which makes the names in the folder last.
                    if writer.failures[work] != nil, !writer.isClosing {
                        try Self.writing { () throws(FileError) in try folder.synchronize() }
                        writer.failures[work] = nil
                    }
                    writer.running.remove(work)
                    return nil
                }
                return switch work {
                case .sealing: try seal(snapshot.parts.all.filter { $0.file == nil }, &writer)
                case .compaction: crowdedParts.map { Job(parts: $0, sealed: nil) }
                }
            }
            guard let job else { return .nothingToDo }
            try run(job)
            writer.withLock { writer in
                writer.failures[work] = nil
                startMaintenance(&writer)
            }
            return .done
        } catch {
            writer.withLock { $0.failures[work] = error }
            return .failed
        }
    }

    /// Begins a new log, so that the old ones hold nothing but the changes of parts that are in memory now.
    private func seal(_ parts: [IndexPart], _ writer: inout LiveIndexWriter) throws(RecError) -> Job {
        try Self.writing { () throws(FileError) in try writer.log?.rotate() }
        writer.frozen = Set(parts.filter { $0.file == nil }.map(\.id))
        let sealed = Job.Sealed(firstGeneration: writer.log?.generation ?? 0, size: writer.pendingSize)
        return Job(parts: parts, sealed: sealed)
    }

    /// The segments that should be written anew: those with many dead products, or the smallest ones of too many.
    private var crowdedParts: [IndexPart]? {
        let files = snapshot.parts.all.filter { $0.file != nil }
        let dead = files.filter { Double($0.deadCount) > options.maximumDeadShare * Double($0.segment.count) }
        if !dead.isEmpty { return dead }
        guard files.count > options.maximumSegmentCount else { return nil }
        // As many as are not greater than those before them together, so that a product is seldom written again.
        let ascending = files.sorted { ($0.liveCount, $0.id) < ($1.liveCount, $1.id) }
        var chosen = Array(ascending.prefix(2))
        var count = chosen.reduce(0) { $0 + $1.liveCount }
        for part in ascending.dropFirst(2) where part.liveCount <= count {
            chosen.append(part)
            count += part.liveCount
        }
        return chosen
    }

    private func run(_ job: Job) throws(RecError) {
        var part: IndexPart?
        let logs: Range<UInt64>
        do {
            part = try write(job)
            logs = try writer.withLock { writer in try finish(job, part, &writer) }
        } catch {
            if let file = part?.file { try? FileSystem.remove(folder.segment(file.number)) }
            if job.sealed != nil { writer.withLock { $0.frozen = [] } }
            throw error as? RecError ?? RecError(.unwritable, path: folder.path, "\(error)")
        }
        // The manifest names the new file from here on; but a power failure may bring the old one back as long as the
        // folder is not on the disk, so the files of both stay when that fails.
        try Self.writing { () throws(FileError) in try folder.synchronize() }
        for generation in logs { try? FileSystem.remove(folder.log(generation)) }
        for old in job.parts { if let file = old.file { try? FileSystem.remove(folder.segment(file.number)) } }
    }

    /// Writes the segment file; `nil` when no product is left.
    private func write(_ job: Job) throws -> IndexPart? {
        let merge = SegmentMerge(job.parts, space: space)
        guard merge.count > 0 else { return nil }
        let number = writer.withLock { $0.takeSegmentNumber() }
        let path = folder.segment(number)
        let segment = try merge.segment(spillingTo: folder.scratch(number), above: Self.gatheringLimit)
        let coded = try coded(segment, merge, of: job)
        try coded.write(to: path, synchronizesFolder: false)
        do {
            // Before the manifest names it.
            try folder.synchronize()
            let file = try RecError.naming(path) { SegmentFile(number: number, try MappedFile(path: path)) }
            let segment = try file.open(folder, space: space).with(coded.codes?.codes.origin)
            return IndexPart(segment, file: file)
        } catch {
            try? FileSystem.remove(path)
            throw error
        }
    }

    /// A new segment with codes.
    ///
    /// Changes that are sealed, and files too small for directions of their own, are described in those of the largest
    /// other file, which their products in memory are already. That takes a small part of the time, during which queries
    /// want the processor as well; compaction finds the segment's own directions later.
    private func coded(_ segment: Segment, _ merge: SegmentMerge, of job: Job) throws -> Segment {
        let segments = Set(job.parts.map(\.id))
        let model = Index.model(snapshot.parts.all.filter { !segments.contains($0.id) })
        if let model, segment.count >= Index.leastDescribed, segment.count <= model.slots,
            job.sealed != nil || segment.count < Index.leastCoded,
            let codes = try merge.codes(of: segment, like: model)
        {
            return segment.with(codes)
        }
        return try segment.quantized(from: Index.leastCoded)
    }

    /// Puts the new segment in the place of the old parts, in the manifest and in memory.
    ///
    /// - Returns: The logs that are not needed any more.
    private func finish(
        _ job: Job,
        _ part: IndexPart?,
        _ writer: inout LiveIndexWriter
    ) throws -> Range<UInt64> {
        let current = snapshot
        var part = part
        for old in job.parts {
            if let now = current.parts.all.first(where: { $0.id == old.id }) {
                part?.remove(now.removed(since: old))
            }
        }
        let next = current.replacing(Set(job.parts.map(\.id)), with: part)
        let firstGeneration = job.sealed?.firstGeneration ?? writer.firstGeneration
        let manifest = Manifest(
            space: space,
            firstGeneration: firstGeneration,
            nextSegment: writer.nextSegment,
            segments: next.parts.all.compactMap { part in part.file.map { .init(file: $0, isLive: part.live?.flags) } }
        )
        try Self.writing { () throws(FileError) in
            // The manifest says which products were replaced: by changes that must not be lost while it stays.
            try writer.log?.synchronize()
            try manifest.write(to: folder)
        }
        publish(next)
        defer { writer.firstGeneration = firstGeneration }
        if let sealed = job.sealed {
            writer.frozen = []
            writer.pendingSize -= sealed.size
        }
        return writer.firstGeneration..<firstGeneration
    }
}

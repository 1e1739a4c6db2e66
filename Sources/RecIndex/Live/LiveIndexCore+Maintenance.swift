internal import RecCompute
internal import RecCore
internal import RecFiles
internal import Synchronization

/// Writing of segments, from the changes in memory and log, and compaction, which merges several files into one and
/// frees the space of dead products.
///
/// A crash at any moment is safe: the manifest names the old files until all of the new one is on the disk, and the log
/// is removed after that.
extension LiveIndexCore {
    /// The bytes of vectors that are gathered in memory; more go through a file.
    private static let gatheringLimit = 256 << 20

    /// Background work; one job of each kind runs at a time.
    enum Work: Sendable, CaseIterable {
        case sealing
        case compaction
    }

    /// Parts that become one segment file.
    private struct Job {
        /// The parts at the start of the work.
        let parts: [IndexPart]

        /// The changes that the job removes from the log; `nil` for a compaction.
        let sealed: Sealed?

        /// The changes that are written to a file.
        struct Sealed {
            /// The oldest log that is needed after the job.
            let firstGeneration: UInt64

            /// The bytes of the changes.
            let size: Int
        }
    }

    /// The outcome of a piece of work.
    private enum Outcome {
        case done
        case nothingToDo
        case failed
    }

    /// Starts necessary work that is not running already.
    func startMaintenance(_ writer: inout LiveIndexWriter) {
        for work in Work.allCases where !writer.running.contains(work) && isWorthwhile(work, writer) {
            // Changes may wait for a segment write, but never for a compaction.
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
                    // There may be no further call for long, and the cause may be gone soon.
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
    func compact(_ work: LongWrite = LongWrite()) throws(RecError) {
        try withoutMaintenance { () throws(RecError) in
            let job = try writer.withLock { writer throws(RecError) -> Job? in
                try writer.checkIsOpen(folder)
                let parts = snapshot.parts.all
                guard writer.pendingSize > 0 || parts.count > 1 || parts.contains(where: { $0.deadCount > 0 }) else {
                    return nil
                }
                return try seal(parts, &writer)
            }
            if let job { try run(job, work) }
            writer.withLock { $0.failures = [:] }
            work.finish()
        }
    }

    /// Waits for a segment write, or writes one, when changes arrive too fast.
    func makeRoom() throws(RecError) {
        let limit = min(options.memoryLimit, .max / 4) * 4
        func isFull() -> Bool { writer.withLock { $0.pendingSize > limit } }
        guard isFull() else { return }
        try sealing.withLock { _ throws(RecError) in
            guard isFull() else { return }
            let job = try writer.withLock { writer throws(RecError) in
                try writer.checkIsOpen(folder)
                return try seal(snapshot.parts.all.filter { $0.file == nil }, &writer)
            }
            try run(job)
            writer.withLock { $0.failures[.sealing] = nil }
        }
    }

    /// Does one piece of work, if any; the caller repeats this until there is none.
    private func maintainOnce(_ work: Work) -> Outcome {
        do throws(RecError) {
            let job = try writer.withLock { writer throws(RecError) -> Job? in
                guard isWorthwhile(work, writer) else {
                    // After a failure, only the last step may remain: synchronising the folder.
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

    /// Begins a new log, so that the old ones hold only the changes of parts that are in memory now.
    private func seal(_ parts: [IndexPart], _ writer: inout LiveIndexWriter) throws(RecError) -> Job {
        try Self.writing { () throws(FileError) in try writer.log?.rotate() }
        writer.frozen = Set(parts.filter { $0.file == nil }.map(\.id))
        let sealed = Job.Sealed(firstGeneration: writer.log?.generation ?? 0, size: writer.pendingSize)
        return Job(parts: parts, sealed: sealed)
    }

    /// The segments to rewrite: those with many dead products, or the smallest ones of too many.
    private var crowdedParts: [IndexPart]? {
        let files = snapshot.parts.all.filter { $0.file != nil }
        let dead = files.filter { Double($0.deadCount) > options.maximumDeadShare * Double($0.segment.count) }
        if !dead.isEmpty { return dead }
        guard files.count > options.maximumSegmentCount else { return nil }
        // Take segments as long as each is not larger than all before it together, so that a product is seldom
        // rewritten.
        let ascending = files.sorted { ($0.liveCount, $0.id) < ($1.liveCount, $1.id) }
        var chosen = Array(ascending.prefix(2))
        var count = chosen.reduce(0) { $0 + $1.liveCount }
        for part in ascending.dropFirst(2) where part.liveCount <= count {
            chosen.append(part)
            count += part.liveCount
        }
        return chosen
    }

    private func run(_ job: Job, _ work: LongWrite = LongWrite()) throws(RecError) {
        var part: IndexPart?
        let logs: Range<UInt64>
        do {
            part = try write(job, work)
            logs = try writer.withLock { writer in try finish(job, part, &writer) }
        } catch {
            if let file = part?.file { try? FileSystem.remove(folder.segment(file.number)) }
            if job.sealed != nil { writer.withLock { $0.frozen = [] } }
            throw error as? RecError ?? RecError(.unwritable, path: folder.path, "\(error)")
        }
        // The manifest names the new file from here on, but a power failure may restore the old one until the folder is
        // on the disk. If synchronising fails, the files of both stay.
        try Self.writing { () throws(FileError) in try folder.synchronize() }
        for generation in logs { try? FileSystem.remove(folder.log(generation)) }
        for old in job.parts { if let file = old.file { try? FileSystem.remove(folder.segment(file.number)) } }
    }

    /// Writes the segment file; `nil` when no product is left.
    private func write(_ job: Job, _ work: LongWrite) throws -> IndexPart? {
        try work.step(0)
        let merge = SegmentMerge(job.parts, space: space)
        guard merge.count > 0 else { return nil }
        let number = writer.withLock { $0.takeSegmentNumber() }
        let path = folder.segment(number)
        let segment = try merge.segment(spillingTo: folder.scratch(number), above: Self.gatheringLimit)
        try work.step(0.1)
        let coded = try linked(coded(segment, merge, of: job) { share in try work.step(0.1 + share * 0.3) }) { share in
            try work.step(0.4 + share * 0.3)
        }
        try coded.write(to: path, synchronizesFolder: false) { share throws(FileError) in
            try work.step(0.7 + share * 0.3)
        }
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
    /// New segments, and files too small for their own directions, use those of the largest other file, like their
    /// products in memory. That takes little time, during which queries also need the processor; compaction later finds
    /// the segment's own directions.
    private func coded(
        _ segment: Segment,
        _ merge: SegmentMerge,
        of job: Job,
        progress: (Double) throws -> Void
    ) throws -> Segment {
        let segments = Set(job.parts.map(\.id))
        let model = Index.model(snapshot.parts.all.filter { !segments.contains($0.id) })
        if let model, segment.count >= Index.leastDescribed, segment.count <= model.slots,
            job.sealed != nil || segment.count < Index.leastCoded,
            let codes = try merge.codes(of: segment, like: model)
        {
            return segment.with(codes)
        }
        return try withoutActuallyEscaping(progress) { try segment.quantized(from: Index.leastCoded, progress: $0) }
    }

    /// A new segment with a graph, if there are to be graphs and it is large enough for one to pay.
    private func linked(_ segment: Segment, progress: (Double) throws -> Void) throws -> Segment {
        guard segment.count >= Index.leastCoded, options.graph || snapshot.hasGraph else { return segment }
        return try withoutActuallyEscaping(progress) { try segment.linked(progress: $0) }
    }

    /// Replaces the old parts by the new segment, in the manifest and in memory.
    ///
    /// - Returns: The logs that are no longer needed.
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
            // The manifest marks replaced products; the changes that replaced them must be on the disk first.
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

internal import RecCore

extension LiveIndexSnapshot {
    /// The parts of at most this many products that are merged whatever their sizes.
    private static let smallestPart = 64

    /// The snapshot after a call.
    ///
    /// Parts in memory are merged so that each has twice the products of the next at least: there is a handful, and a
    /// product is copied as often.
    ///
    /// - Parameters:
    ///   - batch: The changes of the call.
    ///   - version: The number of the call.
    ///   - frozen: Parts in memory that are not merged, since they are being sealed.
    ///   - nextNumber: Gives the number of a new part.
    /// - Returns: The products with the changes; this snapshot stays as it is.
    func applying(
        _ batch: ChangeBatch,
        version: UInt64,
        frozen: Set<Int> = [],
        nextNumber: () -> Int
    ) -> LiveIndexSnapshot {
        let ids = batch.ids
        var parts = parts
        for position in parts.indices { parts[position].remove(ids) }
        func isOpen(_ part: SnapshotPart) -> Bool { part.file == nil && !frozen.contains(part.number) }
        parts.removeAll { isOpen($0) && $0.liveCount == 0 }
        if let segment = batch.segment { parts.append(SnapshotPart(number: nextNumber(), segment: segment)) }
        while parts.count > 1, isOpen(parts[parts.count - 1]), isOpen(parts[parts.count - 2]) {
            let pair = Array(parts.suffix(2))
            let count = pair[0].liveCount + pair[1].liveCount
            guard count <= Self.smallestPart || pair[1].liveCount * 2 > pair[0].liveCount else { break }
            parts.removeLast(2)
            parts.append(SnapshotPart(number: nextNumber(), segment: Self.merged(pair, space)))
        }
        return LiveIndexSnapshot(space: space, parts: parts, version: version)
    }

    /// One segment of several in memory, which no file can have damaged.
    private static func merged(_ parts: [SnapshotPart], _ space: EmbeddingSpace) -> Segment {
        do {
            return try SegmentMerge(parts, space: space).segment()
        } catch {
            preconditionFailure("a segment in memory was read from a file: \(error)")
        }
    }

    /// The same products under a space that is equal.
    func with(_ space: EmbeddingSpace) -> LiveIndexSnapshot {
        LiveIndexSnapshot(space: space, parts: parts, version: version)
    }

    /// The snapshot in which one part, if there is one, takes the place of others.
    func replacing(_ numbers: Set<Int>, with part: SnapshotPart?) -> LiveIndexSnapshot {
        let rest = parts.filter { !numbers.contains($0.number) }
        let files = rest.filter { $0.file != nil } + [part].compactMap { $0 }
        return LiveIndexSnapshot(space: space, parts: files + rest.filter { $0.file == nil }, version: version)
    }
}

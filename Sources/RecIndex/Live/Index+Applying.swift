internal import RecCore

extension Index {
    /// Parts of at most this many products are always merged.
    private static let smallestPart = 64

    /// The products of a live index after a call.
    ///
    /// Parts in memory are merged so that each has at least twice the products of the next: there are few of them, and
    /// a product is copied few times.
    ///
    /// - Parameters:
    ///   - batch: The changes of the call.
    ///   - version: The number of the call.
    ///   - frozen: Parts in memory that are not merged, because they are being written to a segment file.
    /// - Returns: The products with the changes; this index does not change.
    func applying(
        _ batch: ChangeBatch,
        version: UInt64,
        frozen: Set<SegmentID> = []
    ) -> Index {
        let ids = batch.ids
        var parts = parts.all
        for position in parts.indices { parts[position].remove(ids) }
        func isOpen(_ part: IndexPart) -> Bool { part.file == nil && !frozen.contains(part.id) }
        parts.removeAll { isOpen($0) && $0.liveCount == 0 }
        let model = Self.model(parts)
        if let segment = batch.segment {
            let merge = SegmentMerge([IndexPart(segment)], space: space)
            parts.append(IndexPart(Self.coded(segment, merge, like: model)))
        }
        while parts.count > 1, isOpen(parts[parts.count - 1]), isOpen(parts[parts.count - 2]) {
            let pair = Array(parts.suffix(2))
            let count = pair[0].liveCount + pair[1].liveCount
            guard count <= Self.smallestPart || pair[1].liveCount * 2 > pair[0].liveCount else { break }
            parts.removeLast(2)
            parts.append(IndexPart(Self.merged(pair, space, like: model)))
        }
        return Index(IndexParts(space: space, parts), notes: notes, version: version)
    }

    /// The least number of products for which a segment gets codes in the directions of another one.
    static let leastDescribed = 256

    /// The codes whose directions encode new segments: those of the largest file with codes.
    static func model(_ parts: [IndexPart]) -> ProductCodes? {
        parts.filter { $0.file != nil && $0.segment.codes != nil }
            .max { $0.segment.count < $1.segment.count }?
            .segment.codes?.codes
    }

    /// One segment of several in memory.
    private static func merged(_ parts: [IndexPart], _ space: EmbeddingSpace, like model: ProductCodes?) -> Segment {
        let merge = SegmentMerge(parts, space: space)
        return inMemory { () throws(RecError) in coded(try merge.segment(), merge, like: model) }
    }

    /// A segment in memory, with codes if there is a model and they are worth it.
    private static func coded(_ segment: Segment, _ merge: SegmentMerge, like model: ProductCodes?) -> Segment {
        guard let model, segment.count >= leastDescribed else { return segment }
        return inMemory { () throws(RecError) in
            try merge.codes(of: segment, like: model).map { segment.with($0) } ?? segment
        }
    }

    /// Runs code that reads only segments in memory, which cannot be damaged.
    private static func inMemory(_ body: () throws(RecError) -> Segment) -> Segment {
        do {
            return try body()
        } catch {
            preconditionFailure("a segment in memory was read from a file: \(error)")
        }
    }

    /// The same products under a space that is equal.
    func with(_ space: EmbeddingSpace) -> Index {
        Index(IndexParts(space: space, parts.all), notes: notes, version: version)
    }

    /// The index in which one part, if there is one, replaces others.
    func replacing(_ segments: Set<SegmentID>, with part: IndexPart?) -> Index {
        let rest = parts.all.filter { !segments.contains($0.id) }
        let files = rest.filter { $0.file != nil } + [part].compactMap { $0 }
        return Index(IndexParts(space: space, files + rest.filter { $0.file == nil }), notes: notes, version: version)
    }
}

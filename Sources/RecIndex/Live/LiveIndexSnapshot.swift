public import RecCore

/// The products of a live index at one moment: an immutable index that later changes leave alone.
///
/// Taking a snapshot costs a few reference counts. Take one for several calls that must agree with each other:
/// ```swift
/// let answer = try Recommender(index: live.snapshot).similar(to: "15970")
/// ```
/// A snapshot keeps its products in memory, and the disk's space of files that were compacted meanwhile.
public struct LiveIndexSnapshot: Sendable {
    /// What the embeddings have in common.
    public let space: EmbeddingSpace

    /// The number of products.
    public let count: Int

    /// The number of the last call that changed something; calls are numbered from 1.
    public let version: UInt64

    /// The segments, those in files first; a product counts in one of them only.
    let parts: [SnapshotPart]

    init(space: EmbeddingSpace, parts: [SnapshotPart], version: UInt64) {
        self.space = space
        self.parts = parts
        self.version = version
        count = parts.reduce(0) { $0 + $1.liveCount }
    }
}

extension LiveIndexSnapshot: SimilarityIndex {
    /// The product of that identifier with its attributes, or `nil`.
    ///
    /// - Complexity: O(log *n* + number of attributes)
    public func product(_ id: ProductID) -> Product? {
        place(of: id).map { $0.part.segment.products.product(at: $0.row) }
    }

    /// The embedding of that product, or `nil`.
    ///
    /// - Complexity: O(log *n* + dimension)
    public func embedding(of id: ProductID) throws -> Embedding? {
        try place(of: id).map { try $0.part.segment.embedding(at: $0.row) }
    }

    /// The nearest products, nearest first; the same for the same products, however they came here.
    ///
    /// - Throws: `RecCoreError`, as `SimilarityIndex` says.
    public func neighbors(_ query: SearchQuery) throws -> [Neighbor] {
        try query.validate(in: space)
        if let filter = query.filter { try checkAttributes(of: filter) }
        guard query.count > 0 else { return [] }
        var best = BestCandidates(parts: parts, limit: query.count)
        var query = query
        var scans = [ExactScan?](repeating: nil, count: parts.count)
        var projections = QueryProjections()
        // The largest part first: its best rows rule out most of the others.
        for number in parts.indices.sorted(by: { parts[$0].liveCount > parts[$1].liveCount }) {
            let part = parts[number]
            let selection = try part.selection(for: query)
            let scan = ExactScan(query, in: part.segment)
            scans[number] = scan
            let rows = try part.segment.bestRows(
                query,
                scan,
                in: selection,
                isBarHigh: best.threshold != nil,
                projections: &projections
            )
            best.merge(rows, of: number)
            // What is worse than the worst so far need not be found.
            if let worst = best.threshold { query.minimumScore = max(query.minimumScore ?? worst, worst) }
        }
        return try best.candidates.compactMap { candidate in
            try scans[candidate.part]?.neighbor(candidate.entry, of: parts[candidate.part].segment.products)
        }
    }

    private func place(of id: ProductID) -> (part: SnapshotPart, row: Int)? {
        for part in parts {
            if let row = part.row(of: id) { return (part, row) }
        }
        return nil
    }

    private func checkAttributes(of filter: AttributeFilter) throws(RecCoreError) {
        for attribute in filter.attributes.sorted() where !parts.contains(where: { $0.has(attribute) }) {
            throw RecCoreError(
                .unknownAttribute,
                "No product has an attribute '\(attribute)'; the index knows: \(attributes.joined(separator: ", "))."
            )
        }
    }
}

extension LiveIndexSnapshot {
    /// The identifiers of all products, ascending by code points.
    ///
    /// - Complexity: O(*n* log *n*)
    public var ids: [ProductID] {
        parts.flatMap { part in
            (0..<part.segment.count).filter { part.isLive($0) }.map { part.segment.products.id(of: $0) }
        }.sorted()
    }

    /// The names of the attributes that products have, ascending by code points.
    public var attributes: [String] {
        Set(parts.flatMap { $0.segment.products.columns.map(\.name) })
            .filter { name in parts.contains { $0.has(name) } }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}

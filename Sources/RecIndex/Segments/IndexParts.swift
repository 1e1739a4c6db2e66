internal import RecCore

/// The products of an index: one segment, or those of a live index with the changes since they were written.
///
/// It never changes; copies of an index share it.
final class IndexParts: Sendable {
    /// The space of the embeddings.
    let space: EmbeddingSpace

    /// The parts, those in files first; a product counts in one of them only.
    let all: [IndexPart]

    /// The number of products.
    let count: Int

    /// The positions of the parts, the one with the most products first: its best rows rule out most of the others.
    let largestFirst: [Int]

    /// The segment of an index that is not live.
    private let segment: Segment?

    private init(space: EmbeddingSpace, _ parts: [IndexPart], segment: Segment?) {
        self.space = space
        self.segment = segment
        all = parts
        count = parts.reduce(0) { $0 + $1.liveCount }
        largestFirst = parts.indices.sorted { (parts[$1].liveCount, $0) < (parts[$0].liveCount, $1) }
    }

    /// The parts of a live index.
    convenience init(space: EmbeddingSpace, _ parts: [IndexPart]) {
        self.init(space: space, parts, segment: nil)
    }

    /// One segment.
    convenience init(_ segment: Segment) {
        self.init(space: segment.space, [IndexPart(segment)], segment: segment)
    }

    /// The product of that identifier with its attributes, or `nil`.
    func product(_ id: ProductID) -> Product? {
        place(of: id).map { all[$0.part].segment.products.product(at: $0.row) }
    }

    /// Whether there is a product of that identifier.
    func has(_ id: ProductID) -> Bool { place(of: id) != nil }

    /// The embedding of that product, or `nil`.
    func embedding(of id: ProductID) throws(RecError) -> Embedding? {
        guard let place = place(of: id) else { return nil }
        return try all[place.part].segment.embeddings.embedding(at: place.row)
    }

    /// The identifiers that follow one, ascending by code points.
    func page(after id: ProductID?, count limit: Int) -> [ProductID] {
        let limit = max(limit, 0)
        let ids = all.flatMap { part in
            let products = part.segment.products
            return (products.firstRow(after: id)..<products.count).lazy.filter { part.isLive($0) }.prefix(limit)
                .map { products.id(of: $0) }
        }
        return all.count > 1 ? Array(ids.sorted().prefix(limit)) : ids
    }

    /// The names of the attributes that products have, ascending by code points.
    var attributes: [String] {
        Set(all.flatMap { $0.segment.products.columns.map(\.name) })
            .filter { name in all.contains { $0.has(name) } }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// One segment of all products, without codes for those of a live index: the same as if they were added to a builder.
    ///
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    func merged() throws(RecError) -> Segment {
        if let segment { return segment }
        return try SegmentMerge(all, space: space).segment()
    }

    /// The position of the part that has a product, and its row there; a part itself would be copied.
    private func place(of id: ProductID) -> (part: Int, row: Int)? {
        for part in all.indices {
            if let row = all[part].row(of: id) { return (part, row) }
        }
        return nil
    }
}

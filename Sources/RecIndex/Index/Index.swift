public import RecCore

/// Products with their embeddings, searched exactly: an immutable value that is built, or opened from what was written.
///
/// ```swift
/// let index = try Index.open(path: "shop.index")
/// let similar = try index.neighbors(SearchQuery(embedding, count: 10))
/// ```
/// Any number of tasks may search it. Vectors of an index file stay in the file and are read in place through a memory map.
///
/// A large index has codes: a dense block is described by about a byte for each of the directions in which the catalogue
/// varies most, list by list of neighbours, together with proven bounds of what that leaves out. A search rules out
/// whatever cannot be in the answer and reads the exact vectors of a few dozen products. Codes change the time of an answer
/// and not a bit of it. They stand for the dense block with the most components, beside one-hot blocks and dense ones of up to
/// eight components, and help queries whose weighting has no formula of its own; any other query is compared with all products. ``IndexBuilder`` says when an index has them.
///
/// Cosines are computed in single precision, in an order that does not depend on the machine or on the other products;
/// they are within 1e-6 of the true value and never outside -1...1. Scores are computed from them in double precision.
public struct Index: Sendable {
    let parts: IndexParts

    /// Texts that the host keeps with the index, by name; they take no part in anything.
    public let notes: [String: String]

    /// The number of the last call that changed a live index, as ``LiveIndex`` counts them; 0 for any other index.
    public let version: UInt64

    /// How sure a search makes itself that no better product exists.
    public var effort: SearchEffort = .exact

    init(_ parts: IndexParts, notes: [String: String] = [:], version: UInt64 = 0) {
        self.parts = parts
        self.notes = notes
        self.version = version
    }

    init(_ segment: Segment) {
        self.init(IndexParts(segment), notes: segment.notes)
    }

    /// Whether a part of the index at least has codes.
    public var hasCodes: Bool { parts.all.contains { $0.segment.codes != nil } }

    /// The names of the attributes that products have, ascending by code points.
    public var attributes: [String] { parts.attributes }
}

extension Index: LocalIndex {
    /// What the embeddings of the index have in common.
    public var space: EmbeddingSpace { parts.space }

    /// The number of products.
    public var count: Int { parts.count }

    /// The identifiers that follow one, ascending by code points; the page after `nil` is the first.
    ///
    /// - Complexity: O(log *n* + limit), and more where many products were removed
    public func page(after id: ProductID?, limit: Int) -> [ProductID] { parts.page(after: id, limit: limit) }

    /// The product of that identifier with its attributes, or `nil`.
    ///
    /// - Complexity: O(log *n* + number of attributes)
    public func product(_ id: ProductID) -> Product? { parts.product(id) }

    /// The embedding of that product, or `nil`.
    ///
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    /// - Complexity: O(log *n* + dimension)
    public func embedding(of id: ProductID) throws -> Embedding? { try parts.embedding(of: id) }

    /// The nearest products, nearest first; the same for the same products, however they came here.
    ///
    /// - Throws: `RecError`, as `SimilarityIndex` says; `RecError` with code `corrupt` when a file turns out
    ///   to be damaged.
    /// - Complexity: O(*m* · dimension) for the *m* products that match the filter; with codes usually a small part of
    ///   that. Blocks of weight zero are not read.
    public func nearest(_ query: SearchQuery) throws -> [Neighbor] {
        try query.validate(in: space, attributes: attributes)
        return try parts.neighbors(query, effort: effort)
    }

    /// The answers to several queries; the same as one after another.
    ///
    /// Exact searches go through the codes together, those of similar queries side by side, so that what one reads is in
    /// the cache for the others: a whole catalogue takes up to an eighth less time than as many single ones.
    ///
    /// - Throws: `CancellationError` soon after the task was cancelled, and as ``neighbors(_:)`` does for any of them.
    public func nearest(toAll queries: [SearchQuery]) throws -> [[Neighbor]] {
        for query in queries { try query.validate(in: space, attributes: attributes) }
        return try parts.neighbors(forAll: queries, effort: effort)
    }
}

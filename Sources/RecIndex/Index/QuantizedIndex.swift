public import RecCore

/// An index that finds candidates by small codes and ranks them by exact vectors.
///
/// A dense block is described by codes of about a byte for each of the directions in which the catalogue varies most,
/// list by list of neighbours, together with proven bounds of what they leave out. A search rules out whatever cannot be
/// in the answer and reads the exact vectors of a few dozen products, so the answer is that of an ``ExactIndex``, bit for
/// bit, in a fraction of the time. Weights, filters and excluded products are chosen with the query.
///
/// ```swift
/// let index = try QuantizedIndex(exact)
/// let similar = try index.neighbors(SearchQuery(embedding, count: 10))
/// ```
/// Codes help queries whose fusion is a `WeightedFusion` in spaces of one dense block and at most one one-hot
/// block; any other query is answered exactly by comparison with all products. The value is immutable and may be
/// searched from any number of tasks.
public struct QuantizedIndex: Sendable {
    let segment: Segment

    /// How sure a search makes itself that no better product exists.
    public var effort: SearchEffort

    /// What the embeddings of the index have in common.
    public var space: EmbeddingSpace { segment.space }

    /// Texts that the host keeps with the index, by name; they take no part in anything.
    public var notes: [String: String] { segment.notes }

    init(_ segment: Segment, effort: SearchEffort) {
        self.segment = segment
        self.effort = effort
    }
}

extension QuantizedIndex: SimilarityIndex {
    /// The number of products.
    public var count: Int { segment.count }

    /// The identifiers of all products, ascending by code points.
    ///
    /// - Complexity: O(*n*)
    public var ids: [ProductID] { segment.ids }

    /// The product of that identifier with its attributes, or `nil`.
    ///
    /// - Complexity: O(log *n* + number of attributes)
    public func product(_ id: ProductID) -> Product? { segment.product(id) }

    /// The embedding of that product, or `nil`.
    ///
    /// - Throws: ``RecIndexError`` with code `corrupt` when the file turns out to be damaged.
    /// - Complexity: O(log *n* + dimension)
    public func embedding(of id: ProductID) throws -> Embedding? { try segment.embedding(of: id) }

    /// The nearest products, nearest first.
    ///
    /// - Throws: `RecCoreError`, as `SimilarityIndex` says; ``RecIndexError`` with code `corrupt` when the file turns out
    ///   to be damaged.
    /// - Complexity: O(*n*) in the worst case, as that of ``ExactIndex``; usually a small part of that.
    public func neighbors(_ query: SearchQuery) throws -> [Neighbor] {
        try query.validate(in: space)
        let selection = try segment.selection(for: query)
        return try segment.neighbors(query, in: selection, effort: effort)
    }
}

extension QuantizedIndex {
    /// The names of the attributes that products have, ascending by code points.
    public var attributes: [String] { segment.products.columns.map(\.name) }
}

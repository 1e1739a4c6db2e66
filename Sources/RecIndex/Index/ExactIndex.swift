public import RecCore

/// An index that compares the query with every product, so its answers are exact.
///
/// The value is immutable and may be searched from any number of tasks. It is made by an ``ExactIndexBuilder`` or opened
/// from a file, where the vectors stay in the file and are read in place through a memory map.
///
/// Cosines are computed in single precision, in an order that does not depend on the machine or on the other products;
/// they are within 1e-6 of the true value and never outside -1...1. Scores are computed from them in double precision.
public struct ExactIndex: Sendable {
    let segment: Segment

    /// What the embeddings of the index have in common.
    public var space: EmbeddingSpace { segment.space }

    /// Texts that the host keeps with the index, by name; they take no part in anything.
    public var notes: [String: String] { segment.notes }

    init(_ segment: Segment) {
        self.segment = segment
    }
}

extension ExactIndex: SimilarityIndex {
    /// The number of products.
    public var count: Int { segment.count }

    /// The product of that identifier with its attributes, or `nil`.
    ///
    /// - Complexity: O(log *n* + number of attributes)
    public func product(_ id: ProductID) -> Product? { segment.product(id) }

    /// The embedding of that product, or `nil`.
    ///
    /// - Complexity: O(log *n* + dimension)
    public func embedding(of id: ProductID) throws -> Embedding? { try segment.embedding(of: id) }

    /// The nearest products, nearest first.
    ///
    /// - Throws: `RecCoreError`, as `SimilarityIndex` says.
    /// - Complexity: O(*m* · dimension) for the *m* products that match the filter; blocks of weight zero are not read.
    public func neighbors(_ query: SearchQuery) throws -> [Neighbor] {
        try query.validate(in: space)
        let selection = try segment.selection(for: query)
        guard query.count > 0 else { return [] }
        let scan = ExactScan(query, in: segment)
        return try scan.neighbors(scan.bestRows(in: selection), of: segment.products)
    }
}

extension ExactIndex {
    /// The identifiers of all products, ascending by code points.
    ///
    /// - Complexity: O(*n*)
    public var ids: [ProductID] { segment.ids }

    /// The names of the attributes that products have, ascending by code points.
    public var attributes: [String] { segment.products.columns.map(\.name) }
}

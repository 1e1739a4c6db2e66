public import RecCore

// An index whose products change answers each call from the snapshot of the moment; two calls may see two moments.
extension LocalIndex where Snapshot == Index {
    /// What the embeddings of the index have in common.
    public var space: EmbeddingSpace { snapshot.space }

    /// The number of products.
    public var count: Int { snapshot.count }

    /// The names of the attributes that products have, ascending by code points.
    public var attributes: [String] { snapshot.attributes }

    /// The identifiers that follow one, ascending by code points.
    public func page(after id: ProductID?, limit: Int) -> [ProductID] { snapshot.page(after: id, limit: limit) }

    /// The product of that identifier with its attributes, or `nil`.
    ///
    /// - Complexity: O(log *n* + number of attributes)
    public func product(_ id: ProductID) -> Product? { snapshot.product(id) }

    /// The embedding of that product, or `nil`.
    ///
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    /// - Complexity: O(log *n* + dimension)
    public func embedding(of id: ProductID) throws -> Embedding? { try snapshot.embedding(of: id) }

    /// The nearest products, nearest first.
    ///
    /// - Throws: `RecError`, as `SimilarityIndex` says; `RecError` with code `corrupt` when a file turns out to
    ///   be damaged.
    public func nearest(_ query: SearchQuery) throws -> [Neighbor] { try snapshot.nearest(query) }

    /// The answers to several queries at one moment.
    ///
    /// - Throws: As ``neighbors(_:)`` does for any of them.
    public func nearest(toAll queries: [SearchQuery]) throws -> [[Neighbor]] {
        try snapshot.nearest(toAll: queries)
    }
}

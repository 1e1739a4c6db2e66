public import RecCore

// A changing index answers each call from its present snapshot; two calls may use two snapshots. The snapshot of an
// ``Index`` is the index itself.
extension LocalIndex where Snapshot == Index {
    /// Texts that the host stores with the index, by name; they do not affect searches.
    public var notes: [String: String] { snapshot.texts }

    /// The space of the embeddings.
    public var space: EmbeddingSpace { snapshot.parts.space }

    /// The number of products.
    public var count: Int { snapshot.parts.count }

    /// The names of the attributes that products have, ascending by code points.
    public var attributes: [String] { snapshot.parts.attributes }

    /// The identifiers after a given one, ascending by code points; the page after `nil` is the first.
    ///
    /// - Complexity: O(log *n* + limit), and more if many products were removed
    public func page(after id: ProductID?, count limit: Int) -> [ProductID] {
        snapshot.parts.page(after: id, count: limit)
    }

    /// The product with that identifier, with its attributes, or `nil`.
    ///
    /// - Complexity: O(log *n* + number of attributes)
    public func product(_ id: ProductID) -> Product? { snapshot.parts.product(id) }

    /// The embedding of that product, or `nil`.
    ///
    /// - Throws: `RecError` with code `corrupt` when a file turns out to be damaged.
    /// - Complexity: O(log *n* + dimension)
    public func embedding(of id: ProductID) throws -> Embedding? { try snapshot.parts.embedding(of: id) }

    /// The nearest products, nearest first; the answer depends only on the products, not on the changes that led to
    /// them.
    ///
    /// - Throws: `RecError`, as `SimilarityIndex` does, with code `invalidSetting` when ``Index/effort`` is out of
    ///   range, and with code `corrupt` when a file turns out to be damaged.
    /// - Complexity: O(*m* · dimension) for the *m* products that match the filter; with codes usually a small part of
    ///   that. Blocks of weight zero are not read.
    public func nearest(_ query: SearchQuery) throws -> [Neighbor] {
        let index = snapshot
        try index.check(query)
        return try index.parts.neighbors(query, effort: index.effort)
    }

    /// The answers to several queries at one moment; the same as one after another.
    ///
    /// Exact searches scan the codes together, grouped by similar queries, so that they share the cache: a search for a
    /// whole catalogue takes up to an eighth less time than single searches.
    ///
    /// - Throws: `CancellationError` soon after the task is cancelled, and as ``neighbors(_:)`` does for any of them.
    public func nearest(toAll queries: [SearchQuery]) throws -> [[Neighbor]] {
        let index = snapshot
        for query in queries { try index.check(query) }
        return try index.parts.neighbors(forAll: queries, effort: index.effort)
    }
}

extension Index: LocalIndex {
    /// Checks a query and the effort.
    fileprivate func check(_ query: SearchQuery) throws(RecError) {
        try effort.check()
        try query.validate(in: parts.space, attributes: parts.attributes)
    }
}

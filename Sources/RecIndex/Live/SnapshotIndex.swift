public import RecCore

/// An index whose products change from one moment to another, and which answers from a snapshot of the moment.
///
/// Each call is answered from one snapshot; two calls may see two moments.
public protocol SnapshotIndex: SimilarityIndex {
    /// The products at this moment, for several calls that must agree with each other.
    var snapshot: Index { get }
}

extension SnapshotIndex {
    /// What the embeddings of the index have in common.
    public var space: EmbeddingSpace { snapshot.space }

    /// The number of products.
    public var count: Int { snapshot.count }

    /// The identifiers of all products, ascending by code points.
    ///
    /// - Complexity: O(*n* log *n*)
    public var ids: [ProductID] { snapshot.ids }

    /// The snapshot of this moment.
    public var unchanging: any SimilarityIndex { snapshot }

    /// The product of that identifier with its attributes, or `nil`.
    ///
    /// - Complexity: O(log *n* + number of attributes)
    public func product(_ id: ProductID) -> Product? { snapshot.product(id) }

    /// The embedding of that product, or `nil`.
    ///
    /// - Throws: ``RecIndexError`` with code `corrupt` when a file turns out to be damaged.
    /// - Complexity: O(log *n* + dimension)
    public func embedding(of id: ProductID) throws -> Embedding? { try snapshot.embedding(of: id) }

    /// The nearest products, nearest first.
    ///
    /// - Throws: `RecCoreError`, as `SimilarityIndex` says; ``RecIndexError`` with code `corrupt` when a file turns out to
    ///   be damaged.
    public func neighbors(_ query: SearchQuery) throws -> [Neighbor] { try snapshot.neighbors(query) }

    /// The answers to several queries at one moment.
    ///
    /// - Throws: As ``neighbors(_:)`` does for any of them.
    public func neighbors(forAll queries: [SearchQuery]) throws -> [[Neighbor]] {
        try snapshot.neighbors(forAll: queries)
    }
}

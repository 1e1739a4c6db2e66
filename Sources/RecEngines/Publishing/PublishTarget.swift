package import RecCore
internal import RecIndex

/// An index that a publisher can compare with its source and fill.
package protocol PublishTarget: MutableSimilarityIndex {
    /// A page of the catalogue with the digest of each product, in the order of ``SimilarityIndex/ids(after:count:)``.
    ///
    /// A digest is `nil` for a product that is to be written anew.
    func digests(after id: ProductID?, count limit: Int) async throws -> [PublishedProduct]

    /// Adds products that the index lacked a moment ago, or replaces them where others have added them since.
    func add(_ products: [EmbeddedProduct]) async throws

    /// Prepares the index for searching when all products are written, such as by building what approximate searches
    /// need.
    ///
    /// - Parameter progress: Gets reports now and then.
    /// - Throws: The errors of the index.
    func prepareSearches(progress: (@Sendable (WorkProgress) -> Void)?) async throws

    /// Opens an index that was created unfinished to all; its answers have been compared by then.
    ///
    /// - Throws: The errors of the index.
    func finishPublishing() async throws

    /// The same index with exact searches, whose answers verify a copy.
    var searchedExactly: Self { get }

    /// How many queries an exact search should have: more than one where they share the reading of all products.
    var queriesAtOnce: Int { get }
}

extension PublishTarget {
    /// Digests of the products themselves, for an index that keeps none.
    package func digests(after id: ProductID?, count limit: Int) async throws -> [PublishedProduct] {
        let ids = try await ids(after: id, count: limit)
        return try await zip(ids, products(ids, .all)).map { id, found in
            let item = EmbeddedProduct(indexed: found)
            return PublishedProduct(id: id, digest: item.map { ProductDigest($0, in: space) })
        }
    }

    /// Adds or replaces the products.
    package func add(_ products: [EmbeddedProduct]) async throws {
        try await change(upserting: products, removing: [])
    }

    /// Does nothing.
    package func prepareSearches(progress: (@Sendable (WorkProgress) -> Void)?) async throws {}

    /// Does nothing, for an index that is never unfinished.
    package func finishPublishing() async throws {}

    /// The index itself, for one whose searches are exact.
    package var searchedExactly: Self { self }

    /// One: each query takes its own time.
    package var queriesAtOnce: Int { 1 }
}

extension EmbeddedProduct {
    /// The product of an index with all its contents; `nil` when one is missing.
    init?(indexed found: IndexedProduct?) {
        guard let product = found?.product, let embedding = found?.embedding else { return nil }
        self.init(product: product, embedding: embedding)
    }
}

extension LiveIndex: PublishTarget {
    /// Makes one segment of all products: those of many calls leave several, most of them too small for codes.
    package func prepareSearches(progress: (@Sendable (WorkProgress) -> Void)?) async throws {
        let status = status
        guard status.segmentCount > 1 || status.memoryCount > 0 else { return }
        try await compact(progress: progress)
    }
}

/// Finds the products nearest to an embedding.
///
/// Searching does not mutate and may be called from any task. An implementation keeps three promises: an answer has
/// exactly `min(count, matching)` neighbours; it is ordered by score, then by identifier; and an embedding that does not
/// fit ``space`` is refused.
public protocol SimilarityIndex: Sendable {
    /// What the embeddings of the index have in common.
    var space: EmbeddingSpace { get }

    /// The number of products.
    var count: Int { get }

    /// The product of that identifier with its attributes, or `nil`.
    func product(_ id: ProductID) -> Product?

    /// The embedding of that product, or `nil`.
    ///
    /// - Throws: What an index throws that finds its storage damaged.
    func embedding(of id: ProductID) throws -> Embedding?

    /// The identifiers of all products, ascending by code points.
    var ids: [ProductID] { get }

    /// The index as it is at this moment, which later changes leave alone; itself when it never changes.
    var unchanging: any SimilarityIndex { get }

    /// The nearest products, nearest first.
    ///
    /// A product is ranked when the query's fusion gives it a score, that is, when it shares a block of positive weight
    /// with the query. A query none of whose blocks has a positive weight is answered with no neighbours.
    ///
    /// - Throws: ``RecCoreError``: `recipeMismatch`, `dimensionMismatch` or `noSharedBlock` when the embedding does not
    ///   fit, `invalidQuery` when the count is negative or the threshold is NaN, `unknownAttribute` when the filter
    ///   names an attribute that no product has.
    func neighbors(_ query: SearchQuery) throws -> [Neighbor]

    /// The answers to several queries; the same as one after another.
    ///
    /// An index may do the work they have in common once.
    ///
    /// - Throws: As ``neighbors(_:)`` does for any of them.
    func neighbors(forAll queries: [SearchQuery]) throws -> [[Neighbor]]
}

extension SimilarityIndex {
    /// The index itself.
    public var unchanging: any SimilarityIndex { self }

    /// The answers to several queries, one after another.
    public func neighbors(forAll queries: [SearchQuery]) throws -> [[Neighbor]] {
        try queries.map { query in
            try Task.checkCancellation()
            return try neighbors(query)
        }
    }

    /// The neighbours of several products of the index at one moment, each without itself; none for a product without an
    /// embedding.
    ///
    /// - Parameters:
    ///   - ids: The products.
    ///   - count: How many neighbours each gets.
    ///   - fusion: How the cosines of the blocks become a score.
    ///   - attributeWeights: Weights of attributes within the metadata block, as in ``SearchQuery/attributeWeights``.
    /// - Returns: The neighbours of each product, in the same order.
    /// - Throws: ``RecCoreError`` with code `unknownProduct`, and as ``neighbors(_:)`` does.
    public func neighbors(
        of ids: [ProductID],
        count: Int = 10,
        fusion: any Fusion = WeightedFusion(),
        attributeWeights: [String: Double] = [:]
    ) throws -> [[Neighbor]] {
        let index = unchanging
        var queries: [SearchQuery] = []
        var asked: [Int] = []
        for (position, id) in ids.enumerated() {
            var query = try index.query(forNeighborsOf: id, count: count, fusion: fusion)
            query.attributeWeights = attributeWeights
            guard !query.embedding.blocks.isEmpty else { continue }
            queries.append(query)
            asked.append(position)
        }
        var answers = [[Neighbor]](repeating: [], count: ids.count)
        for (position, answer) in zip(asked, try index.neighbors(forAll: queries)) { answers[position] = answer }
        return answers
    }

    /// The query for the neighbours of a product of the index, itself left out.
    ///
    /// - Throws: ``RecCoreError`` with code `unknownProduct`, and as ``embedding(of:)`` does.
    package func query(forNeighborsOf id: ProductID, count: Int, fusion: any Fusion) throws -> SearchQuery {
        guard let embedding = try embedding(of: id) else {
            throw RecCoreError(.unknownProduct, "No product of the index has the id '\(id)'.")
        }
        return SearchQuery(embedding, count: count, fusion: fusion, excluded: [id])
    }
}

/// Finds the products nearest to an embedding, in this process or across a network.
///
/// Every requirement that may need a round trip is asynchronous and takes many questions a call. Searching does not
/// mutate and may be called from any task. An implementation keeps three promises: an answer has exactly
/// `min(count, matching)` neighbours; it is ordered by score, then by identifier; and an embedding that does not fit
/// ``space`` is refused.
///
/// An index in this process conforms to ``LocalIndex`` instead, which asks for less.
public protocol SimilarityIndex: Sendable {
    /// What ``snapshot`` returns.
    associatedtype Snapshot: SimilarityIndex = Self

    /// What the embeddings of the index have in common.
    var space: EmbeddingSpace { get }

    /// The index as it is at this moment, which later changes leave alone; itself when it never changes or cannot tell.
    var snapshot: Snapshot { get }

    /// The number of products.
    ///
    /// - Throws: What the index throws when it cannot be asked; so do all requirements.
    func productCount() async throws -> Int

    /// The names of the attributes that at least one product has, ascending by code points.
    func attributeNames() async throws -> [String]

    /// The nearest products to each query, nearest first, in the order of the queries.
    ///
    /// A product is ranked when the query's weighting gives it a score, that is, when it shares a block of positive
    /// weight with the query. A query none of whose blocks has a positive weight is answered with no neighbours. A count may
    /// be as great as `Int.max`, for all products that match.
    ///
    /// - Throws: ``RecError``: `recipeMismatch`, `dimensionMismatch` or `noSharedBlock` when an embedding does not
    ///   fit, `invalidQuery` when a count is negative or a threshold is NaN, `unknownAttribute` when a filter, a group or
    ///   a weight names an attribute that no product has.
    func search(_ queries: [SearchQuery]) async throws -> [[Neighbor]]

    /// The products of some identifiers, in the order of these; `nil` for one that is not in the index.
    ///
    /// An identifier may occur several times, and is answered each time.
    func products(_ ids: [ProductID], _ contents: ProductContents) async throws -> [IndexedProduct?]

    /// The identifiers that follow one, ascending by code points: a page of the catalogue.
    ///
    /// - Parameters:
    ///   - id: The identifier that the page follows, whether or not it exists; `nil` for the first page.
    ///   - limit: The greatest number of identifiers of the page; not negative.
    /// - Returns: The page; fewer identifiers than `limit` mean that there are no more.
    /// - Throws: What the index throws when it cannot be asked.
    func ids(after id: ProductID?, limit: Int) async throws -> [ProductID]
}

extension SimilarityIndex where Snapshot == Self {
    /// The index itself.
    public var snapshot: Self { self }
}

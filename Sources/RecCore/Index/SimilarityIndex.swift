/// Finds the products nearest to an embedding, in this process or across a network.
///
/// Every requirement that may need a round trip is asynchronous and takes many items in one call. Searching does not
/// mutate the index and may be called from any task. An implementation meets three conditions: an answer has exactly
/// `min(count, matching)` neighbours; it is ordered by score, then by identifier; and an embedding that does not fit
/// ``space`` throws.
///
/// An index in this process conforms to ``LocalIndex`` instead, which has fewer requirements.
public protocol SimilarityIndex: Sendable {
    /// The type of ``snapshot``.
    associatedtype Snapshot: SimilarityIndex = Self

    /// The space of all embeddings in the index.
    var space: EmbeddingSpace { get }

    /// The index in its present state, unaffected by later changes. An index that never changes, or that does not
    /// support snapshots, returns itself.
    var snapshot: Snapshot { get }

    /// The number of products.
    ///
    /// - Throws: An error of the index when it cannot be reached; so do all requirements.
    func productCount() async throws -> Int

    /// The names of the attributes that at least one product has, ascending by code points.
    func attributeNames() async throws -> [String]

    /// The nearest products to each query, nearest first, in the order of the queries.
    ///
    /// A product is ranked when the query's weighting gives it a score, that is, when it shares a block of positive
    /// weight with the query. If no block of a query has a positive weight, its answer is empty. A count may be as
    /// great as `Int.max`, for all products that match.
    ///
    /// - Throws: ``RecError``: `recipeMismatch`, `dimensionMismatch` or `noSharedBlock` when an embedding does not
    ///   fit, `invalidQuery` when a count is negative or a threshold is NaN, `unknownAttribute` when a filter, a group or
    ///   a weight names an attribute that no product has.
    func search(_ queries: [SearchQuery]) async throws -> [[Neighbor]]

    /// The products with these identifiers, in the same order; `nil` for one that is not in the index.
    ///
    /// An identifier may occur several times; the answer repeats its product.
    func products(_ ids: [ProductID], _ contents: ProductContents) async throws -> [IndexedProduct?]

    /// A page of the catalogue: the identifiers after a given one, ascending by code points.
    ///
    /// - Parameters:
    ///   - id: The identifier before the page, whether or not it exists; `nil` for the first page.
    ///   - limit: The greatest number of identifiers of the page; not negative.
    /// - Returns: The page; it has fewer identifiers than `limit` only at the end of the catalogue.
    /// - Throws: An error of the index when it cannot be reached.
    func ids(after id: ProductID?, count limit: Int) async throws -> [ProductID]

    /// A page of the products that match a filter, for a list that a visitor browses.
    ///
    /// - Parameters:
    ///   - filter: A condition on the products; `nil` for all products.
    ///   - offset: The number of matching products before the page; not negative.
    ///   - count: The greatest number of identifiers of the page; not negative.
    /// - Returns: The identifiers of the page, ascending by code points, and the number of all products that match.
    /// - Throws: ``RecError``: `invalidQuery` when a number is negative, `unknownAttribute` when the filter names an
    ///   attribute that no product has.
    func matches(
        of filter: AttributeFilter?,
        offset: Int,
        count: Int
    ) async throws -> (ids: [ProductID], total: Int)

    /// The values of an attribute with the number of products that have each, most frequent first, for the filters of a
    /// page.
    ///
    /// - Returns: The values; those of the same frequency ascend by code points. None for an attribute that no product
    ///   has.
    func valueCounts(of attribute: String) async throws -> [(value: String, count: Int)]
}

extension SimilarityIndex where Snapshot == Self {
    /// The index itself.
    public var snapshot: Self { self }
}

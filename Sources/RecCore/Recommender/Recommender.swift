/// Recommends products: similar to a product, to a picture or to an embedding, or for likes and dislikes.
///
/// ```swift
/// let recommender = Recommender(index: index)
/// let similar = try await recommender.similar(to: "15970", count: 5)
/// let forYou = try await recommender.recommend(RecommendationQuery(likes: ["15970", "1163"], dislikes: ["39386"]))
/// ```
/// A query asks the index at most three times, however many examples, pins, groups and reasons it has. An engine answers
/// each in one round trip as a rule, and in more where products tie, its graph finds too few, or a query has groups. For a
/// ``LocalIndex`` each call exists without `await` as well.
public struct Recommender<Index: SimilarityIndex>: Sendable {
    /// The index that is searched.
    public let index: Index

    /// The weighting of calls that give no other.
    public let weighting: Weighting

    /// The calibration for the percentiles of recommendations with these weights; `nil` for none.
    package let calibration: ScoreCalibration?

    /// Creates a recommender.
    public init(index: Index, weighting: Weighting = .standard, calibration: ScoreCalibration? = nil) {
        self.index = index
        self.weighting = weighting
        self.calibration = calibration
    }
}

// MARK: - Similar products

extension Recommender {
    /// The products most similar to one of the index; never that product itself.
    ///
    /// - Parameters:
    ///   - id: The product.
    ///   - count: The number of products wanted.
    ///   - offset: The number of most similar products to skip, for the pages after the first.
    ///   - weighting: How embeddings are compared; `nil` for the weighting of the recommender.
    ///   - filter: A condition on the products of the answer; `nil` for all products.
    ///   - contents: The contents of each product in the answer, to save a later look-up.
    /// - Returns: The products, most similar first.
    /// - Throws: ``RecError`` with code `unknownProduct` when there is no such product, and as
    ///   ``SimilarityIndex/search(_:)`` does.
    public func similar(
        to id: ProductID,
        count: Int = 10,
        offset: Int = 0,
        weighting: Weighting? = nil,
        filter: AttributeFilter? = nil,
        contents: ProductContents = .none
    ) async throws -> [Neighbor] {
        let index = index.snapshot
        let found = try await index.embeddings(of: [id])
        var query = query(found[0], count, weighting, filter, contents)
        query.excluded = [id]
        return try await page(query, offset: offset, of: index)
    }

    /// The products most similar to an embedding, which need not belong to any product.
    ///
    /// - Throws: As ``SimilarityIndex/search(_:)`` does.
    public func similar(
        to embedding: Embedding,
        count: Int = 10,
        offset: Int = 0,
        weighting: Weighting? = nil,
        filter: AttributeFilter? = nil,
        contents: ProductContents = .none
    ) async throws -> [Neighbor] {
        try await page(query(embedding, count, weighting, filter, contents), offset: offset, of: index.snapshot)
    }

    /// The products whose pictures are most similar to a picture that need not belong to any product.
    ///
    /// - Throws: As ``FeatureExtractor/features(of:)`` and ``SimilarityIndex/search(_:)`` do: `recipeMismatch` if the
    ///   index was made with another extractor.
    public func similar<Extractor: FeatureExtractor>(
        to input: Extractor.Input,
        using extractor: Extractor,
        count: Int = 10,
        offset: Int = 0,
        weighting: Weighting? = nil,
        filter: AttributeFilter? = nil,
        contents: ProductContents = .none
    ) async throws -> [Neighbor] {
        let embedding = Embedding([.image: .init(try await extractor.features(of: input))])
        return try await similar(
            to: embedding,
            count: count,
            offset: offset,
            weighting: weighting,
            filter: filter,
            contents: contents
        )
    }

    func query(
        _ embedding: Embedding,
        _ count: Int,
        _ weighting: Weighting?,
        _ filter: AttributeFilter?,
        _ contents: ProductContents
    ) -> SearchQuery {
        SearchQuery(
            embedding,
            count: count,
            weighting: weighting ?? self.weighting,
            filter: filter,
            contents: contents
        )
    }

    /// Contents are looked up for the products of the page only.
    private func page(
        _ query: SearchQuery,
        offset: Int,
        of index: some SimilarityIndex
    ) async throws -> [Neighbor] {
        guard offset != 0 else { return try await index.search([query])[0] }
        let page = Array(try await index.search([query.reaching(past: offset)])[0].dropFirst(offset))
        guard !query.contents.isEmpty, !page.isEmpty else { return page }
        return page.carrying(try await index.products(page.map(\.id), query.contents))
    }
}

extension SearchQuery {
    /// The query for all products up to the end of a page, identifiers only.
    ///
    /// - Throws: ``RecError`` with code `invalidQuery`.
    func reaching(past offset: Int) throws(RecError) -> SearchQuery {
        guard offset >= 0 else { throw RecError(.invalidQuery, "The offset is \(offset); it must not be negative.") }
        guard count > 0 else { return self }
        var query = self
        let (end, overflows) = offset.addingReportingOverflow(count)
        query.count = overflows ? .max : end
        query.contents = .none
        return query
    }
}

extension [Neighbor] {
    /// The neighbours with the contents of the products in the same order.
    func carrying(_ products: [IndexedProduct?]) -> [Neighbor] {
        zip(self, products).map { neighbor, found in
            var neighbor = neighbor
            neighbor.product = found?.product
            neighbor.embedding = found?.embedding
            return neighbor
        }
    }
}

// MARK: - Recommended for you

extension Recommender {
    /// The recommended products for a query, each with its reasons.
    ///
    /// The answer is empty when examples cancel out or nothing matches.
    ///
    /// - Throws: ``RecError``: `invalidQuery` or `invalidWeight` when the query contradicts itself, `unknownProduct`
    ///   when an example is not in the index, `unknownAttribute` when a group limit names an attribute that no product
    ///   has; of kind `configuration` when a pinned product is not in the index, and of kind `internal` when the index
    ///   does not answer each search; the errors of
    ///   ``SimilarityIndex/search(_:)``; `CancellationError` soon after the task is cancelled.
    /// - Complexity: One search, and one for each example with ``ExampleStrategy/best``; with diversity *pool* · *page*
    ///   comparisons of embeddings besides
    public func recommend(_ query: RecommendationQuery) async throws -> [Recommendation] {
        let index = index.snapshot
        let local = index as? any LocalIndex
        let lookUp = local.map { local in { (id: ProductID) in local.product(id) } }
        var job = try RecommendationJob(query, self, space: index.space, lookUp: lookUp)
        while let request = try job.next() {
            try Task.checkCancellation()
            switch request {
            case .lookUp(let ids, let contents, let names):
                if let index = index as? any CombinedLookUp {
                    let found = try await index.lookUp(ids, contents, attributes: names)
                    try job.receive(found.products, attributes: found.attributes)
                } else {
                    async let attributes = names.isEmpty ? [] : index.attributeNames()
                    async let products = ids.isEmpty ? [] : index.products(ids, contents)
                    try job.receive(await products, attributes: await attributes)
                }
            case .search(let queries):
                try job.receive(await index.search(queries))
            }
        }
        return job.answer
    }
}

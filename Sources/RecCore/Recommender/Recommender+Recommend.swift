extension Recommender {
    /// Recommends products for likes and dislikes, filtered, boosted, varied, grouped and explained.
    ///
    /// ```swift
    /// var query = RecommendationQuery(likes: ["15970", "1163"], dislikes: ["39386"])
    /// query.diversity = 0.3
    /// for product in try recommender.recommend(query) {
    ///     print(product.id, product.score, product.parts.map(\.description), product.because ?? "")
    /// }
    /// ```
    /// All of it happens on one state of the index, also of one that others change meanwhile.
    ///
    /// - Returns: `min(count, possible)` products, best first; none when the filter leaves none, or when likes and dislikes
    ///   cancel out.
    /// - Throws: ``RecCoreError``: `invalidQuery` when there are neither likes nor dislikes or a setting is out of its range,
    ///   `invalidWeight` for a weight that is negative or not finite, `unknownProduct` for an example or a pinned product
    ///   that the index does not have, `unknownAttribute` when filter, group limit or weights name an attribute that no
    ///   product has, and as ``SimilarityIndex/neighbors(_:)`` does; `CancellationError` soon after the task was cancelled.
    /// - Complexity: One search, and with ``ExampleStrategy/best`` one for each like and a comparison of each product found
    ///   with each example, again for twice as many products when group limits leave too few; beyond that
    ///   O((*examples* + *count* · *likes*) · *dimension*), with boosts O(*offset* + *count* + *pool*), with diversity
    ///   O((*offset* + *count* + 100) · *pool* · *dimension*).
    public func recommend(_ query: RecommendationQuery) throws -> [Recommendation] {
        try query.validate()
        let index = index.unchanging
        let fusion = query.fusion ?? self.fusion
        let attributeWeights = query.attributeWeights ?? self.attributeWeights
        try index.space.validate(attributeWeights: attributeWeights)
        let pinned = try pinnedProducts(query, in: index)
        let search = Search(query, in: index, fusion: fusion, attributeWeights: attributeWeights)
        let (likes, dislikes) = try query.resolvedExamples(in: index)
        let taste: any Taste =
            switch query.strategy {
            case .best: try NearestTaste(likes: likes, dislikes: dislikes, search: search)
            case .mean, .sum:
                try ProfileTaste(likes: likes, dislikes: dislikes, strategy: query.strategy, search: search)
            }
        if let example = (likes + dislikes).first { try validateAttributes(query, search, example.embedding) }
        let page = try Shaper(query, taste: taste, search: search).page(pinned: pinned)
        // The sum of several examples weighs the blocks in its own way.
        let isWeighedAnew = query.strategy == .sum && likes.count + dislikes.count > 1
        let percentiles = calibration.flatMap {
            !isWeighedAnew && $0.fits(fusion, attributeWeights, in: index.space) ? $0 : nil
        }
        return try page.map { try explained($0, query, taste, search, percentiles) }
    }

    /// Lets the index refuse attributes that no search of this query would name.
    private func validateAttributes(_ query: RecommendationQuery, _ search: Search, _ example: Embedding) throws {
        var filters = query.groupLimits.map { AttributeFilter.has($0.attribute, anyOf: []) }
        if query.count == 0, let filter = query.filter { filters.append(filter) }
        guard !filters.isEmpty else { return }
        _ = try search.index.neighbors(SearchQuery(example, count: 0, fusion: search.fusion, filter: .all(filters)))
    }

    /// The pinned products that the filter and the exclusions let through, each once.
    private func pinnedProducts(_ query: RecommendationQuery, in index: any SimilarityIndex) throws -> [ProductID] {
        var seen = query.excluded
        return try query.pinned.filter { id in
            guard let product = index.product(id) else {
                throw RecCoreError(.unknownProduct, "The pinned product '\(id)' is not in the index.")
            }
            return seen.insert(id).inserted && query.filter?.matches(product) ?? true
        }
    }

    private func explained(
        _ product: ShapedProduct,
        _ query: RecommendationQuery,
        _ taste: any Taste,
        _ search: Search,
        _ calibration: ScoreCalibration?
    ) throws -> Recommendation {
        let embedding = search.comparable(try search.index.embedding(of: product.id) ?? Embedding([:]))
        var reasons = taste.reasons(for: embedding, similarity: product.similarity ?? 0)
        if product.similarity == nil { reasons.parts = [] }
        reasons.parts += zip(query.boosts, product.boosts).map { ScorePart(.boost($0.name), value: $1) }
        return Recommendation(
            id: product.id,
            score: product.score,
            similarity: product.similarity,
            cosines: reasons.cosines,
            parts: reasons.parts,
            likeIndex: product.similarity == nil ? nil : reasons.like,
            because: product.similarity == nil ? nil : reasons.like.flatMap { query.likes[$0].id },
            percentile: product.similarity.flatMap { calibration?.percentile(of: $0) },
            isPinned: product.isPinned
        )
    }
}

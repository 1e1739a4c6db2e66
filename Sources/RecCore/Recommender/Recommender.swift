/// Recommends products: similar to a product, to a picture or to an embedding, or for likes and dislikes.
///
/// ```swift
/// let recommender = Recommender(index: index)
/// let similar = try recommender.similar(to: "15970", count: 5)
/// let forYou = try recommender.recommend(RecommendationQuery(likes: ["15970", "1163"], dislikes: ["39386"]))
/// ```
public struct Recommender: Sendable {
    /// The index that is asked.
    public let index: any SimilarityIndex

    /// How blocks are weighted when a call says nothing else.
    public let fusion: any Fusion

    /// Weights of attributes within the metadata block, as in ``SearchQuery/attributeWeights``, when a call says nothing else.
    public let attributeWeights: [String: Double]

    /// What scores with these weights mean, for the percentiles of recommendations; `nil` for none.
    public let calibration: ScoreCalibration?

    /// Creates a recommender.
    public init(
        index: any SimilarityIndex,
        fusion: any Fusion = WeightedFusion(),
        attributeWeights: [String: Double] = [:],
        calibration: ScoreCalibration? = nil
    ) {
        self.index = index
        self.fusion = fusion
        self.attributeWeights = attributeWeights
        self.calibration = calibration
    }

    /// The products most similar to one of the index; never that product itself.
    ///
    /// - Throws: ``RecCoreError`` with code `unknownProduct` when there is no such product, and as
    ///   ``SimilarityIndex/neighbors(_:)`` does.
    public func similar(
        to id: ProductID,
        count: Int = 10,
        fusion: (any Fusion)? = nil,
        filter: AttributeFilter? = nil
    ) throws -> [Neighbor] {
        var query = try index.query(forNeighborsOf: id, count: count, fusion: fusion ?? self.fusion)
        query.attributeWeights = attributeWeights
        query.filter = filter
        return try index.neighbors(query)
    }

    /// The products most similar to an embedding, which need not belong to any product.
    ///
    /// - Throws: As ``SimilarityIndex/neighbors(_:)`` does.
    public func similar(
        to embedding: Embedding,
        count: Int = 10,
        fusion: (any Fusion)? = nil,
        filter: AttributeFilter? = nil
    ) throws -> [Neighbor] {
        try index.neighbors(
            SearchQuery(
                embedding,
                count: count,
                fusion: fusion ?? self.fusion,
                attributeWeights: attributeWeights,
                filter: filter
            )
        )
    }

    /// The products most similar to a picture, or whatever the extractor takes, that was never seen before.
    ///
    /// - Throws: What the extractor throws for this input, and as ``SimilarityIndex/neighbors(_:)`` does: an extractor
    ///   with other weights or settings than the index was built with is refused.
    public func similar<Extractor: FeatureExtractor>(
        to input: Extractor.Input,
        using extractor: Extractor,
        count: Int = 10,
        fusion: (any Fusion)? = nil,
        filter: AttributeFilter? = nil
    ) async throws -> [Neighbor] {
        let features = try await extractor.features(of: input)
        return try similar(to: Embedding([.image: .dense(features)]), count: count, fusion: fusion, filter: filter)
    }
}

public import RecCore

extension Recommender {
    /// Creates a recommender that ranks by weights that were learned.
    ///
    /// ```swift
    /// let report = try WeightLearner().learn(from: .sharing("articleType"), on: index)
    /// let recommender = Recommender(index: index, weights: report.recommended)
    /// ```
    public init(index: any SimilarityIndex, weights: LearnedWeights, calibration: ScoreCalibration? = nil) {
        self.init(
            index: index,
            fusion: WeightedFusion(weights.blocks),
            attributeWeights: weights.attributes,
            calibration: calibration
        )
    }
}

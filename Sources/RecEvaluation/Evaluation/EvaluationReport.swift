package import RecCore
internal import RecMath

/// The results of an ``Evaluation`` for one weighting.
public struct EvaluationReport: Sendable {
    /// The number of neighbours in an answer, the *k* of the metrics.
    package let count: Int

    /// The number of products queried: all of the index, or the sample.
    package let askedCount: Int

    /// The number of them without a value of the attribute, or without judgements.
    package let withoutJudgement: Int

    /// The number of them without relevant products, for example because no other product shares their value.
    package let withoutRelevant: Int

    /// The queries that the means of the metrics are over: all remaining products.
    package let queries: [ProductID]

    /// The intra-list diversity of each answer with at least two products.
    ///
    /// It is 1 - the mean similarity of all pairs of the answer (Smyth and McClave, 2001), with the similarity that
    /// ranks.
    package let diversities: [Double]

    /// The number of answers that contain each product of the index.
    public let exposure: Exposure

    /// The number of different values of the attribute that decides what is relevant; `nil` where none does.
    ///
    /// With one value every product that has it is relevant to every other, so that the metrics say nothing.
    package let valueCount: Int?

    private let values: [RankingMetric: [Double]]

    package init(
        count: Int,
        askedCount: Int,
        withoutJudgement: Int,
        withoutRelevant: Int,
        queries: [ProductID],
        values: [RankingMetric: [Double]],
        diversities: [Double],
        exposure: Exposure,
        valueCount: Int? = nil
    ) {
        self.count = count
        self.askedCount = askedCount
        self.withoutJudgement = withoutJudgement
        self.withoutRelevant = withoutRelevant
        self.queries = queries
        self.values = values
        self.diversities = diversities
        self.exposure = exposure
        self.valueCount = valueCount
    }

    /// The values of a metric, one for each of the queries.
    public subscript(metric: RankingMetric) -> [Double] { values[metric] ?? [] }

    /// The mean of a metric over all queries; `nil` when there is none.
    ///
    /// - Complexity: O(number of queries)
    public func mean(_ metric: RankingMetric) -> Double? { self[metric].mean }

    /// The mean intra-list diversity; `nil` when no answer has two products that can be compared.
    ///
    /// - Complexity: O(number of answers)
    public var diversity: Double? { diversities.mean }
}

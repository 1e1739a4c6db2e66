package import RecCore
internal import RecMath

/// What an ``Evaluation`` found out about one way to rank.
public struct EvaluationReport: Sendable {
    /// How many neighbours an answer has: the *k* of the metrics.
    package let count: Int

    /// How many products were asked: all of the index, or the sample.
    package let askedCount: Int

    /// How many of them nobody judges: products without a value of the attribute, or without judgements.
    package let withoutJudgement: Int

    /// How many of them are judged, but nothing is relevant to them: the only ones with their value, for example.
    package let withoutRelevant: Int

    /// The products that the means of the metrics are over: all others that were asked.
    package let queries: [ProductID]

    /// How different the products of an answer are from each other, for each answer of two products or more.
    ///
    /// Intra-list diversity: 1 - the mean similarity of all pairs of the answer (Smyth and McClave, 2001), with the
    /// similarity that ranks.
    package let diversities: [Double]

    /// How often each product of the index is in an answer.
    public let exposure: Exposure

    private let values: [RankingMetric: [Double]]

    package init(
        count: Int,
        askedCount: Int,
        withoutJudgement: Int,
        withoutRelevant: Int,
        queries: [ProductID],
        values: [RankingMetric: [Double]],
        diversities: [Double],
        exposure: Exposure
    ) {
        self.count = count
        self.askedCount = askedCount
        self.withoutJudgement = withoutJudgement
        self.withoutRelevant = withoutRelevant
        self.queries = queries
        self.values = values
        self.diversities = diversities
        self.exposure = exposure
    }

    /// The values of a metric, one for each of ``queries``.
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

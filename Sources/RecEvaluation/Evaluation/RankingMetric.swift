/// A metric of ranked lists that an ``Evaluation`` computes for each query.
public enum RankingMetric: String, Sendable, Hashable, CaseIterable {
    /// The share of the answer that is relevant.
    case precision
    /// The share of all relevant products that are in the answer.
    case recall
    /// The discounted gain as a share of the best possible.
    case ndcg
    /// Average precision; its mean is MAP.
    case averagePrecision = "map"
    /// Reciprocal rank of the first relevant product; its mean is MRR.
    case reciprocalRank = "mrr"

    /// The name with the number of places that count, as in `precision@10`.
    package func name(at count: Int) -> String { "\(rawValue)@\(count)" }

    /// The metric's value for one list.
    ///
    /// - Returns: `nil` when nothing is relevant.
    func value(of gains: [Double], at k: Int, _ ideal: IdealAnswer) -> Double? {
        guard ideal.relevantCount > 0 else { return nil }
        return switch self {
        case .precision: RankingMetrics.precision(gains, at: k)
        case .recall: RankingMetrics.recall(gains, at: k, relevantCount: ideal.relevantCount)
        case .ndcg: RankingMetrics.ndcg(gains, at: k, ideal: ideal.gains)
        case .averagePrecision: RankingMetrics.averagePrecision(gains, at: k, relevantCount: ideal.relevantCount)
        case .reciprocalRank: RankingMetrics.reciprocalRank(gains, at: k)
        }
    }
}

public import RecCore
internal import RecMath

/// What learning weights came to.
public struct WeightLearningReport: Sendable {
    /// What the queries that were not learned from say.
    public enum Verdict: Sendable, Hashable {
        /// The learned weights are better than equal ones by more than chance explains.
        case improved
        /// They are not: equal weights were as good, or better.
        case noImprovement
    }

    /// nDCG and precision of some weights for the queries that were not learned from.
    package struct Quality: Sendable, Hashable {
        /// nDCG with its confidence interval.
        package let ndcg: Estimate
        /// precision with its confidence interval.
        package let precision: Estimate
    }

    /// The weights that were learned, whether they are any good or not.
    public let learned: Weighting

    /// Standard block weights and attributes that count the same.
    package let equal: Weighting

    /// The number of queries that were learned from.
    package let fitCount: Int

    /// The number of queries that were not, which everything below is about.
    package let heldOutCount: Int

    /// The number of places of an answer that were looked at.
    package let count: Int

    /// How good equal weights are.
    package let equalQuality: Quality

    /// How good the learned weights are.
    package let learnedQuality: Quality

    /// nDCG of the learned weights less that of equal ones, query by query, with its confidence interval.
    public let gain: Estimate

    /// Whether the interval of ``gain`` lies above zero.
    public var verdict: Verdict { gain.lower > 0 ? .improved : .noImprovement }

    /// The weights to use: the learned ones when they are better by more than chance explains, equal ones otherwise.
    public var recommended: Weighting { verdict == .improved ? learned : equal }
}

extension WeightLearningReport: CustomStringConvertible {
    /// The verdict with the figures behind it in a few lines.
    public var description: String {
        let says = verdict == .improved ? "Learned weights are better." : "Equal weights are as good."
        return """
            \(says) nDCG@\(count) on \(heldOutCount) queries that were not learned from: equal \(equalQuality.ndcg), \
            learned \(learnedQuality.ndcg), gain \(gain).
            Learned from \(fitCount) queries: \(learned)
            """
    }
}

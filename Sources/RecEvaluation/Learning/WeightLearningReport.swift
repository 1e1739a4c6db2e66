public import RecCore
internal import RecMath

/// The result of learning weights.
public struct WeightLearningReport: Sendable {
    /// The result of the comparison on the test set.
    package enum Verdict: Sendable, Hashable {
        /// The learned weights are significantly better than equal ones.
        case improved
        /// The learned weights are not significantly better than equal ones.
        case noImprovement
    }

    /// nDCG and precision of some weights on the test set.
    package struct Quality: Sendable, Hashable {
        /// nDCG with its confidence interval.
        package let ndcg: Estimate
        /// Precision with its confidence interval.
        package let precision: Estimate
    }

    /// The learned weights, regardless of the verdict.
    public let learned: Weighting

    /// Standard block weights, with equal attribute weights.
    package let equal: Weighting

    /// The number of queries in the training set.
    package let fitCount: Int

    /// The number of queries in the test set, which all measures are from.
    package let heldOutCount: Int

    /// The number of places of an answer that count.
    package let count: Int

    /// The quality of equal weights.
    package let equalQuality: Quality

    /// The quality of the learned weights.
    package let learnedQuality: Quality

    /// The mean difference in nDCG of learned and equal weights over the queries, with its confidence interval.
    public let gain: Estimate

    /// Whether the interval of ``gain`` lies above zero.
    package var verdict: Verdict { gain.lower > 0 ? .improved : .noImprovement }

    /// The weights to use: the learned ones when they are significantly better, otherwise equal ones.
    public var recommended: Weighting { verdict == .improved ? learned : equal }
}

extension WeightLearningReport: CustomStringConvertible {
    /// The verdict with its figures in a few lines.
    public var description: String {
        let says = verdict == .improved ? "Learned weights are better." : "Equal weights are as good."
        return """
            \(says) nDCG@\(count) on \(heldOutCount) queries that were not learned from: equal \(equalQuality.ndcg), \
            learned \(learnedQuality.ndcg), gain \(gain).
            Learned from \(fitCount) queries: \(learned)
            """
    }
}

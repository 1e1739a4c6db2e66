internal import RecMath

/// Metrics of one ranked list.
///
/// A list consists of the gains of its products, nearest first: 0 for an irrelevant product, 1 for a relevant one, or
/// any positive number if relevance is graded. A list may be shorter than *k* if there are no more products to rank;
/// the missing places count as irrelevant.
///
/// ```swift
/// // Of the first three products, the first and the third are relevant; there are four relevant ones altogether.
/// RankingMetrics.precision([1, 0, 1], at: 3)                      // 2/3
/// RankingMetrics.recall([1, 0, 1], at: 3, relevantCount: 4)       // 2/4
/// RankingMetrics.averagePrecision([1, 0, 1], at: 3, relevantCount: 4)  // (1/1 + 2/3) / 3
/// ```
/// A query without relevant products has no recall, nDCG or average precision: these functions return `nil`, and means
/// over queries leave such a query out. Precondition of all functions: *k* is greater than zero.
package enum RankingMetrics {
    /// precision@k: the share of the first *k* places that hold a relevant product.
    ///
    /// - Complexity: O(*k*)
    package static func precision(_ gains: [Double], at k: Int) -> Double {
        Double(hits(gains, k)) / Double(k)
    }

    /// recall@k: the share of all relevant products that are among the first *k*.
    ///
    /// - Parameters:
    ///   - gains: The gains of the list.
    ///   - k: The number of places that count.
    ///   - relevantCount: The number of relevant products altogether, in the list or not.
    /// - Returns: From 0 to 1; `nil` when `relevantCount` is 0.
    /// - Precondition: `relevantCount` is not less than the number of relevant products among the first *k*.
    /// - Complexity: O(*k*)
    package static func recall(_ gains: [Double], at k: Int, relevantCount: Int) -> Double? {
        let hits = hits(gains, k)
        precondition(hits <= relevantCount, "more relevant products in the list than there are")
        return relevantCount > 0 ? Double(hits) / Double(relevantCount) : nil
    }

    /// Average precision@k: the mean of the precisions at the ranks of the relevant products.
    ///
    /// The sum of precision@i over the ranks i <= *k* of relevant products is divided by the smaller of *k* and
    /// `relevantCount`, so that the best possible list has 1 however many products are relevant. With *k* equal to the
    /// length of a list that holds them all, this is scikit-learn's `average_precision_score`. Its mean over queries is
    /// MAP@k.
    ///
    /// - Parameters:
    ///   - gains: The gains of the list.
    ///   - k: The number of places that count.
    ///   - relevantCount: The number of relevant products altogether, in the list or not.
    /// - Returns: From 0 to 1; `nil` when `relevantCount` is 0.
    /// - Precondition: `relevantCount` is not less than the number of relevant products among the first *k*.
    /// - Complexity: O(*k*)
    package static func averagePrecision(_ gains: [Double], at k: Int, relevantCount: Int) -> Double? {
        precondition(k > 0, "k must be greater than zero")
        var hits = 0
        var sum = 0.0
        for (place, gain) in gains.prefix(k).enumerated() where gain > 0 {
            hits += 1
            sum += Double(hits) / Double(place + 1)
        }
        precondition(hits <= relevantCount, "more relevant products in the list than there are")
        return relevantCount > 0 ? sum / Double(min(k, relevantCount)) : nil
    }

    /// Reciprocal rank@k: 1 / the rank of the first relevant product; 0 when there is none among the first *k*.
    ///
    /// Its mean over queries is MRR@k.
    ///
    /// - Complexity: O(*k*)
    package static func reciprocalRank(_ gains: [Double], at k: Int) -> Double {
        precondition(k > 0, "k must be greater than zero")
        return gains.prefix(k).firstIndex { $0 > 0 }.map { 1 / Double($0 + 1) } ?? 0
    }

    /// nDCG@k with graded gains: the discounted cumulative gain as a share of that of the best possible list.
    ///
    /// DCG@k = sum over the ranks i <= *k* of gain_i / log2(i + 1) (Järvelin and Kekäläinen, 2002), with linear gains,
    /// not powers of 2; scikit-learn's `ndcg_score` is the same for lists without ties.
    ///
    /// - Parameters:
    ///   - gains: The gains of the list.
    ///   - k: The number of places that count.
    ///   - ideal: The gains of all relevant products, in the list or not, in any order; the *k* greatest are enough.
    /// - Returns: 1 for the best possible list; `nil` when no gain in `ideal` is greater than zero.
    /// - Precondition: No gain is negative.
    /// - Complexity: O(*k* + *m* log *m*) for *m* gains in `ideal`
    package static func ndcg(_ gains: [Double], at k: Int, ideal: [Double]) -> Double? {
        let best = discountedGain(ideal.sorted(by: >), at: k)
        return best > 0 ? discountedGain(gains, at: k) / best : nil
    }

    /// nDCG@k where each relevant product has the same gain, 1.
    ///
    /// - Parameters:
    ///   - gains: The gains of the list; any positive number counts as 1.
    ///   - k: The number of places that count.
    ///   - relevantCount: The number of relevant products altogether, in the list or not.
    /// - Returns: From 0 to 1; `nil` when `relevantCount` is 0.
    /// - Complexity: O(*k*)
    package static func ndcg(_ gains: [Double], at k: Int, relevantCount: Int) -> Double? {
        ndcg(
            gains.prefix(k).map { $0 > 0 ? 1 : 0 },
            at: k,
            ideal: [Double](repeating: 1, count: max(0, min(k, relevantCount)))
        )
    }

    private static func hits(_ gains: [Double], _ k: Int) -> Int {
        precondition(k > 0, "k must be greater than zero")
        return gains.prefix(k).count { $0 > 0 }
    }

    private static func discountedGain(_ gains: [Double], at k: Int) -> Double {
        precondition(k > 0, "k must be greater than zero")
        var sum = 0.0
        for (place, gain) in gains.prefix(k).enumerated() where gain != 0 {
            precondition(gain >= 0, "gains must not be negative")
            sum += gain / BinaryLogarithm.of(Double(place + 2))
        }
        return sum
    }
}

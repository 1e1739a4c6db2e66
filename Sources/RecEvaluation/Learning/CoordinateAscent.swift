/// Finds weights by maximising the mean of a metric along one weight at a time.
///
/// Metzler and Croft, *Linear feature-based models for information retrieval* (2007): it maximises the metric itself,
/// not a smooth approximation. Weights are tried on an increasingly fine grid, so the result depends only on the data.
/// A step without gain is not taken, so weights without influence stay equal.
struct CoordinateAscent {
    /// The factors of a weight, round by round; 0 removes it.
    private static let rounds: [[Double]] = [
        [0, 0.25, 0.5, 2, 4], [0, 0.25, 0.5, 2, 4], [0.5, 0.7, 1.4, 2], [0.7, 0.85, 1.2, 1.4], [0.85, 0.92, 1.09, 1.2],
    ]

    let tables: [PairTable]
    let k: Int
    /// The least gain of a step.
    let leastGain: Double
    /// The weights that are not changed.
    let fixed: Set<Int>

    /// The best weights found from given ones.
    ///
    /// - Throws: `CancellationError` soon after the task is cancelled.
    func climb(from start: WeightVector, progress: (Double) -> Void) throws -> WeightVector {
        var best = start
        var value = try mean(best)
        for (round, factors) in Self.rounds.enumerated() {
            for position in 0..<best.count where !fixed.contains(position) {
                let center = best
                for factor in factors {
                    var candidate = center
                    // A removed weight may return with a small value.
                    candidate[position] =
                        center[position] > 0 ? center[position] * factor : factor * start[position] / 4
                    guard candidate.isUsable, candidate != best else { continue }
                    let reached = try mean(candidate)
                    if reached > value + leastGain {
                        best = candidate
                        value = reached
                    }
                }
                let done = Double(round) + Double(position + 1) / Double(best.count)
                progress(done / Double(Self.rounds.count))
            }
        }
        return best
    }

    /// The mean nDCG@k of some weights.
    private func mean(_ weights: WeightVector) throws -> Double {
        var sum = 0.0
        for (number, table) in tables.enumerated() {
            if number.isMultiple(of: 64) { try Task.checkCancellation() }
            sum += DiscountedGain.ndcg(table.answer(weights, k: k), ideal: table.idealGain)
        }
        return sum / Double(tables.count)
    }
}

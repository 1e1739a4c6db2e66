/// Finds weights by going along one weight at a time to where the mean of a metric is greatest.
///
/// Metzler and Croft, *Linear feature-based models for information retrieval* (2007): the metric itself is maximised, not
/// a smooth stand-in for it. Weights are tried on a grid that becomes finer, so the result depends on nothing but the
/// data. A step that gains nothing is not taken, so that weights stay equal where the data say nothing.
struct CoordinateAscent {
    /// The factors that a weight is multiplied by, round after round; 0 leaves it out.
    private static let rounds: [[Double]] = [
        [0, 0.25, 0.5, 2, 4], [0, 0.25, 0.5, 2, 4], [0.5, 0.7, 1.4, 2], [0.7, 0.85, 1.2, 1.4], [0.85, 0.92, 1.09, 1.2],
    ]

    let tables: [PairTable]
    let k: Int
    /// How much a step must gain.
    let leastGain: Double
    /// The weights that stay as they are.
    let fixed: Set<Int>

    /// The best weights that can be reached from some weights.
    ///
    /// - Throws: `CancellationError` soon after the task was cancelled.
    func climb(from start: WeightVector, progress: (Double) -> Void) throws -> WeightVector {
        var best = start
        var value = try mean(best)
        for (round, factors) in Self.rounds.enumerated() {
            for position in 0..<best.count where !fixed.contains(position) {
                let center = best
                for factor in factors {
                    var candidate = center
                    // A weight that was left out may come back with a small one.
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

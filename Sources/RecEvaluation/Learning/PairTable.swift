/// The data of one query's candidates, from which any weights can rank them.
///
/// Numbers are stored column by column. With attribute weights u, the cosine of the metadata blocks of a pair is
///
///     sum_a u_a match_a / sqrt(sum_{a in query} u_a * sum_{a in candidate} u_a)
///
/// where match_a is the number of common values divided by the square root of the product of both numbers of values.
package struct PairTable: Sendable {
    /// The gains of the candidates, in the order of their identifiers.
    private(set) var gains: [Double] = []
    /// For each block but the metadata, the cosines; NaN where a side lacks the block.
    private(set) var cosines: [[Float]]
    /// For each attribute, match_a.
    private(set) var matches: [[Float]]
    /// For each attribute, 1 if the candidate has it, otherwise 0.
    private(set) var presence: [[Float]]
    /// For each attribute, whether the query has it.
    let query: [Bool]
    /// The discounted gain of the best possible answer.
    let idealGain: Double

    package init(blocks: Int, query: [Bool], idealGain: Double) {
        cosines = [[Float]](repeating: [], count: blocks)
        matches = [[Float]](repeating: [], count: query.count)
        presence = matches
        self.query = query
        self.idealGain = idealGain
    }

    /// Adds a candidate.
    package mutating func add(gain: Double, cosines: [Double?], matches: [Double?]) {
        gains.append(gain)
        for (block, cosine) in cosines.enumerated() { self.cosines[block].append(cosine.map { Float($0) } ?? .nan) }
        for (attribute, match) in matches.enumerated() {
            self.matches[attribute].append(Float(match ?? 0))
            presence[attribute].append(match == nil ? 0 : 1)
        }
    }

    /// The gains of the `k` nearest candidates, nearest first; ties keep the order of the identifiers.
    func answer(_ weights: WeightVector, k: Int) -> [Double] {
        let scores = scores(weights)
        // An ordered list of the best so far: k is small, and few candidates enter it.
        var best: [(score: Float, position: Int)] = []
        for (position, score) in scores.enumerated() where score > -.infinity {
            if best.count == k, let last = best.last, score <= last.score { continue }
            let place = best.lastIndex { $0.score >= score }.map { $0 + 1 } ?? 0
            if best.count == k { best.removeLast() }
            best.insert((score, position), at: place)
        }
        return best.map { gains[$0.position] }
    }

    /// The weighted mean of the cosines of each candidate; -infinity where no block of positive weight is shared.
    ///
    /// This is `Weighting.score(_:)` in single precision, for all candidates at once; a test checks that.
    ///
    package func scores(_ weights: WeightVector) -> [Float] {
        let count = gains.count
        var sums = [Float](repeating: 0, count: count)
        var totals = sums
        for (block, weight) in weights.blocks.enumerated() where weight > 0 {
            let weight = Float(weight)
            for position in 0..<count where !cosines[block][position].isNaN {
                sums[position] += weight * cosines[block][position]
                totals[position] += weight
            }
        }
        let mine = zip(query, weights.attributes).reduce(Float(0)) { $1.0 ? $0 + Float($1.1) : $0 }
        if weights.metadata > 0, mine > 0 {
            var agreement = [Float](repeating: 0, count: count)
            var theirs = agreement
            for (attribute, weight) in weights.attributes.enumerated() where weight > 0 {
                let weight = Float(weight)
                for position in 0..<count {
                    agreement[position] += weight * matches[attribute][position]
                    theirs[position] += weight * presence[attribute][position]
                }
            }
            let weight = Float(weights.metadata)
            for position in 0..<count where theirs[position] > 0 {
                sums[position] += weight * agreement[position] / (mine * theirs[position]).squareRoot()
                totals[position] += weight
            }
        }
        for position in 0..<count {
            sums[position] = totals[position] > 0 ? sums[position] / totals[position] : -.infinity
        }
        return sums
    }
}

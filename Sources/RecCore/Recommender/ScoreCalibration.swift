internal import RecMath

/// What scores mean in a catalogue: how similar pairs of its products are that have nothing to do with each other.
///
/// Raw cosines of a network's features bunch high, so that 0.7 may be a poor match. A percentile says how many of a hundred
/// random pairs are less similar:
/// ```swift
/// let calibration = try ScoreCalibration(of: index)
/// query.minimumSimilarity = calibration.score(atPercentile: 99)
/// ```
/// A calibration is for one weighting of blocks and attributes.
public struct ScoreCalibration: Sendable {
    /// The scores of the pairs, ascending.
    public let scores: [Double]

    private let weights: BlockWeights?
    /// The weights of the attributes of each one-hot block.
    private let attributeWeights: [[Double]]

    /// Measures random pairs of different products.
    ///
    /// - Parameters:
    ///   - index: The catalogue.
    ///   - fusion: How the cosines of the blocks become a score.
    ///   - attributeWeights: Weights of attributes within the metadata block, as in ``SearchQuery/attributeWeights``.
    ///   - pairs: How many pairs are drawn; those that cannot be compared do not count.
    ///   - seed: The same seed gives the same pairs.
    /// - Throws: ``RecCoreError`` for weights that do not fit, and as ``SimilarityIndex/embedding(of:)`` does.
    /// - Precondition: `pairs` is greater than zero.
    /// - Complexity: O(*n* + *pairs* · (dimension + log *pairs*))
    public init(
        of index: any SimilarityIndex,
        fusion: any Fusion = WeightedFusion(),
        attributeWeights: [String: Double] = [:],
        pairs: Int = 5000,
        seed: UInt64 = 1
    ) throws {
        precondition(pairs > 0, "pairs must be greater than zero")
        let index = index.unchanging
        try index.space.validate(attributeWeights: attributeWeights)
        weights = fusion.weights
        self.attributeWeights = index.space.weights(replacing: attributeWeights)
        let ids = index.ids
        guard ids.count > 1 else {
            scores = []
            return
        }
        var random = SplitMix64(seed: seed)
        var scores: [Double] = []
        func comparable(_ position: Int) throws -> ComparableEmbedding? {
            try index.embedding(of: ids[position]).map {
                ComparableEmbedding($0, in: index.space, attributeWeights: attributeWeights)
            }
        }
        for number in 0..<pairs {
            if number.isMultiple(of: 1024) { try Task.checkCancellation() }
            let first = random.next(below: ids.count)
            let step = 1 + random.next(below: ids.count - 1)
            guard let one = try comparable(first), let other = try comparable((first + step) % ids.count),
                let score = fusion.score(one.cosines(with: other)), !score.isNaN
            else { continue }
            scores.append(score)
        }
        self.scores = scores.sorted()
    }

    /// How many of a hundred random pairs score less.
    ///
    /// Pairs of the same score count half. `nil` when no pair could be compared.
    ///
    /// - Complexity: O(log *pairs*)
    public func percentile(of score: Double) -> Double? {
        guard !scores.isEmpty, !score.isNaN else { return nil }
        let below = scores.firstPosition { $0 >= score }
        let notAbove = scores.firstPosition { $0 > score }
        return 100 * (Double(below) + Double(notAbove - below) / 2) / Double(scores.count)
    }

    /// The least score of a pair that so many of a hundred random pairs, from 0 to 100, stay below or reach.
    ///
    /// `nil` when no pair could be compared.
    public func score(atPercentile percentile: Double) -> Double? {
        guard !scores.isEmpty, !percentile.isNaN else { return nil }
        let rank = Int((min(max(percentile, 0), 100) * Double(scores.count) / 100).rounded(.up))
        return scores[max(rank, 1) - 1]
    }

    /// Whether a query's scores can be read with this calibration.
    func fits(_ fusion: any Fusion, _ attributeWeights: [String: Double], in space: EmbeddingSpace) -> Bool {
        guard let weights, let others = fusion.weights else { return false }
        // 0.8 and 1 - 0.2 are the same weight, whatever their last bits.
        return space.blocks.allSatisfy { abs(weights[$0.name] - others[$0.name]) < 1e-12 }
            && space.weights(replacing: attributeWeights) == self.attributeWeights
    }
}

extension [Double] {
    /// The position of the first element of a sorted array that a test holds for, as it does for all after it.
    fileprivate func firstPosition(where test: (Double) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if test(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

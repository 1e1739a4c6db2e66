internal import RecCore
internal import RecFiles

/// A pattern number for each slot or node: the combination of groups of its row in other blocks.
///
/// Only combinations that occur have a number. If there are too many, neighbouring groups of a block are merged. A
/// class, so that searches share it without copying arrays.
final class SlotPatterns: Sendable {
    /// The pattern of each slot.
    let patternOfSlot: NumberArray<UInt32>

    /// The positions of the other blocks in the space.
    private let blocks: [Int]

    /// How often neighbouring groups of each block were merged.
    private let halvings: [Int]

    /// The group of each block in each pattern, [pattern][block]; the number of groups where the block is missing.
    private let groups: [UInt32]

    /// The number of patterns.
    let count: Int

    /// The number of patterns above which groups are merged: a query computes two numbers for each.
    private static let many = 1 << 13

    /// - Parameters:
    ///   - rows: The row of each slot.
    ///   - others: The groups of other blocks, by position.
    /// - Complexity: O(slots * blocks)
    init(_ rows: NumberArray<UInt32>, _ others: [(position: Int, groups: RowGroups)]) {
        let most = others.map(\.groups.halvings).max() ?? 0
        var halvings = 0
        func combined() -> SlotCombinations? {
            let limit = halvings < most ? Self.many : .max
            return SlotCombinations(rows, others.map(\.groups), halvings: halvings, limit: limit)
        }
        var known = combined()
        while known == nil {
            halvings += 1
            known = combined()
        }
        guard let combinations = known else { preconditionFailure("combinations without a limit") }
        blocks = others.map(\.position)
        self.halvings = others.map { min(halvings, $0.groups.halvings) }
        groups = combinations.groups
        patternOfSlot = NumberArray(combinations.numberOfSlot).pinned()
        count = combinations.count
    }

    /// Slope and constant of each pattern, which turn the cosine of the vectors, or a bound of it, into a bound of the
    /// score.
    ///
    /// - Parameters:
    ///   - weight: The weight of the vectors, greater than zero.
    ///   - bounds: For the block at a position, its weight and the bound for each of its groups.
    /// - Returns: The two numbers of each pattern, one after the other.
    /// - Throws: The errors of `bounds`.
    /// - Complexity: O(patterns * blocks)
    func terms(
        weight: Double,
        bounds: (Int) throws(RecError) -> (weight: Double, bounds: [Double])
    ) throws(RecError) -> [Float] {
        if blocks.count == 1 { return try terms(weight: weight, beside: bounds(blocks[0])) }
        var sums = [Double](repeating: 0, count: count)
        var totals = [Double](repeating: weight, count: count)
        for (place, position) in blocks.enumerated() {
            let other = try bounds(position)
            // A missing block adds nothing to either.
            let known = Self.merged(other.bounds, halvings[place]) + [.nan]
            let parts = known.map { $0.isNaN ? 0 : other.weight * $0 }
            let weights = known.map { $0.isNaN ? 0 : other.weight }
            for pattern in sums.indices {
                let group = Int(groups[pattern * blocks.count + place])
                sums[pattern] += parts[group]
                totals[pattern] += weights[group]
            }
        }
        var terms: [Float] = []
        terms.reserveCapacity(2 * count)
        for pattern in sums.indices {
            terms.append(Float(weight / totals[pattern]))
            terms.append(Float(sums[pattern] / totals[pattern]))
        }
        return terms
    }

    /// The terms beside a single block: computed once for each group, which many patterns may share.
    private func terms(weight: Double, beside other: (weight: Double, bounds: [Double])) -> [Float] {
        let known = Self.merged(other.bounds, halvings[0]) + [.nan]
        let total = weight + other.weight
        let ofGroup = known.map { bound -> (Float, Float) in
            bound.isNaN ? (1, 0) : (Float(weight / total), Float(other.weight * bound / total))
        }
        var terms: [Float] = []
        terms.reserveCapacity(2 * count)
        for group in groups {
            let (slope, constant) = ofGroup[Int(group)]
            terms.append(slope)
            terms.append(constant)
        }
        return terms
    }

    /// The greatest bounds of merged groups.
    private static func merged(_ bounds: [Double], _ halvings: Int) -> [Double] {
        (0..<halvings).reduce(bounds) { bounds, _ in
            stride(from: 0, to: bounds.count, by: 2).map { max(bounds[$0], bounds[$0 + 1]) }
        }
    }
}

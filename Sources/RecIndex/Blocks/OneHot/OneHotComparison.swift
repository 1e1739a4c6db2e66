internal import RecCore

/// A query's one-hot block and the weights of its attributes, prepared for comparison with patterns.
///
/// Weights are added up before anything is divided, so single-valued attributes that agree give exactly 1.
struct OneHotComparison: Sendable {
    /// The weight of each attribute of the space.
    let weights: [Double]
    /// Whether some of them are not those of the space.
    let hasReplacements: Bool
    /// The contribution of each column; ``OneHotQuery/table(weights:)`` says how it counts.
    let table: [Double]
    private let squaredLength: Double

    /// - Parameters:
    ///   - query: The query's block, of the space.
    ///   - space: The space.
    ///   - replacements: Weights of attributes, by name, instead of those of the space.
    init(_ query: OneHotQuery, in space: AttributeSpace, replacements: [String: Double]) {
        weights = space.weights(replacing: replacements)
        hasReplacements = !replacements.isEmpty
        (table, squaredLength) = query.table(weights: weights)
    }

    /// The cosine with a pattern; NaN where either side has no attribute with a weight.
    ///
    /// - Parameters:
    ///   - sum: The contributions of the pattern's columns, each divided by the root of the number of columns that its
    ///     attribute has set, added up in the order of the columns.
    ///   - total: The weights of the pattern's attributes, added up.
    /// - Returns: The cosine.
    func cosine(sum: Double, total: Double) -> Double {
        let product = squaredLength * total
        guard product > 0 else { return .nan }
        return sum == 0 ? sum : min(max(sum / product.squareRoot(), -1), 1)
    }

    /// The cosine with one pattern, with the same bits as ``OneHotBlock/cosines(with:)``.
    func cosine(with pattern: AttributeCodes) -> Double {
        let columns = pattern.columns
        let owner = pattern.space.attributeOfColumn
        var (sum, total) = (0.0, 0.0)
        var first = 0
        // Columns ascend, so those of one attribute are neighbours.
        while first < columns.count {
            let attribute = owner[Int(columns[first])]
            var end = first + 1
            while end < columns.count, owner[Int(columns[end])] == attribute { end += 1 }
            let scale = 1 / Double(end - first).squareRoot()
            for place in first..<end {
                let part = table[Int(columns[place])]
                if part != 0 { sum += part * scale }
            }
            total += weights[attribute]
            first = end
        }
        return cosine(sum: sum, total: total)
    }
}

extension AttributeCodes {
    /// The non-zero components of the unit vector with these weights of the attributes of the space.
    ///
    /// One for each of ``columns``; all zero when no attribute that is present has a weight.
    ///
    /// - Complexity: O(number of set columns)
    package func components(weights: [Double]) -> [Double] {
        let runs = runs(weights: weights)
        let total = runs.reduce(0) { $0 + $1.weight }
        return runs.flatMap { run in
            repeatElement(total > 0 ? (run.weight / Double(run.count) / total).squareRoot() : 0, count: run.count)
        }
    }
}

extension AttributeSpace {
    /// The weight of each attribute, with some replaced by name; names that the space lacks are ignored.
    ///
    /// If one is above 1e100 or below 1e-100, all are divided by the greatest: only ratios matter, and sums and
    /// products of such weights overflow or vanish.
    package func weights(replacing replacements: [String: Double]) -> [Double] {
        let weights = attributes.map { replacements[$0.name] ?? $0.weight }
        guard weights.contains(where: { $0 > 0 && !Self.plain.contains($0) }), let greatest = weights.max() else {
            return weights
        }
        return weights.map { $0 > 0 ? max($0 / greatest, Self.plain.lowerBound) : 0 }
    }

    /// Weights that can be added up and multiplied as they are.
    static let plain = 1e-100...1e100
}

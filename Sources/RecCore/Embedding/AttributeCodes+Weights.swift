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
    /// The weight of each attribute, with some replaced by name; names of no attribute of the space are passed over.
    package func weights(replacing replacements: [String: Double]) -> [Double] {
        replacements.isEmpty ? attributes.map(\.weight) : attributes.map { replacements[$0.name] ?? $0.weight }
    }
}

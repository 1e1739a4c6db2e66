extension AttributeCodes {
    /// The non-zero components of the unit vector with other weights of the attributes, one for each of ``columns``; all
    /// zero when no attribute that is present has a weight.
    ///
    /// - Parameter weights: The weight of each attribute of the space, in its order.
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
    /// The weight of each attribute, with some replaced.
    ///
    /// - Parameter replacements: Weights by name; those of other spaces' attributes are passed over.
    package func weights(replacing replacements: [String: Double]) -> [Double] {
        replacements.isEmpty ? attributes.map(\.weight) : attributes.map { replacements[$0.name] ?? $0.weight }
    }
}

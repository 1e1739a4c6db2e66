package import RecCore

/// A query's one-hot block.
package enum OneHotQuery: Sendable {
    case codes(AttributeCodes)
    case mixture(AttributeMixture)

    /// `nil` for a block of another kind.
    package init?(_ block: Embedding.Block) {
        switch block.form {
        case .oneHot(let codes): self = .codes(codes)
        case .mixture(let mixture): self = .mixture(mixture)
        default: return nil
        }
    }

    /// The contribution of each column of a product to the dot product of the two vectors, before division by both
    /// lengths, and the square of the query's length.
    ///
    /// A product adds the number of a column divided by the root of how many columns of that attribute it has set.
    /// `weights` are those of the attributes of the space.
    package func table(weights: [Double]) -> (table: [Double], squaredLength: Double) {
        switch self {
        case .codes(let codes):
            let runs = codes.runs(weights: weights)
            var table = [Double](repeating: 0, count: codes.space.width)
            let parts = runs.flatMap { run in
                repeatElement(run.weight / Double(run.count).squareRoot(), count: run.count)
            }
            for (column, part) in zip(codes.columns, parts) { table[Int(column)] = part }
            return (table, runs.reduce(0) { $0 + $1.weight })
        case .mixture(let mixture):
            let sum = mixture.sum(weights: weights)
            let owner = mixture.space.attributeOfColumn
            let squares = sum.reduce(0) { $0 + $1 * $1 }
            return (sum.indices.map { sum[$0] * weights[owner[$0]].squareRoot() }, squares)
        }
    }
}

internal import RecCore

/// The vectors to fit a transform to, after the power law.
struct Sample {
    let recipe: Recipe
    let dimension: Int
    private let vectors: [DenseVector]
    private let power: Double

    /// Takes vectors of one recipe and dimension.
    ///
    /// - Throws: `RecError` with code `fittingFailed` when there are none; `recipeMismatch`, `dimensionMismatch`.
    init(_ vectors: [DenseVector], power: Double) throws {
        guard let first = vectors.first else {
            throw RecError(.fittingFailed, "The sample holds no vectors; hand in some thousand of the catalogue's.")
        }
        for (number, vector) in vectors.enumerated() {
            guard vector.dimension == first.dimension else {
                throw RecError(
                    .dimensionMismatch,
                    "Vector \(number) of the sample has \(vector.dimension) components, the first has \(first.dimension)."
                )
            }
            guard vector.recipe == first.recipe else {
                let reasons = vector.recipe.differences(from: first.recipe).joined(separator: "; ")
                throw RecError(
                    .recipeMismatch,
                    "Vector \(number) of the sample was made by another recipe than the first (\(reasons))."
                )
            }
        }
        recipe = first.recipe
        dimension = first.dimension
        self.vectors = vectors
        self.power = power
    }

    var count: Int { vectors.count }

    /// A vector after the power law, less `mean`.
    func row(_ number: Int, less mean: [Double]) -> [Double] {
        var row = PowerLaw(power).apply(to: vectors[number].components)
        for (column, value) in mean.enumerated() { row[column] -= value }
        return row
    }

    /// The mean of all vectors after the power law.
    func mean() throws -> [Double] {
        var sums = [Double](repeating: 0, count: dimension)
        for number in 0..<count {
            if number.isMultiple(of: 256) { try Task.checkCancellation() }
            for (column, value) in row(number, less: []).enumerated() { sums[column] += value }
        }
        return sums.map { $0 / Double(count) }
    }
}

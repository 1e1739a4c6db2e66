/// Fitted post-processing of dense vectors: the same steps for every product and every query.
///
/// ```swift
/// let transform = try await PostProcessing(power: 0.5, projection: .centring).fit(to: sample)
/// let better = try transform.apply(to: features)
/// ```
/// A transform is fitted to the vectors of one recipe. Its results have a recipe of their own, which names the steps
/// and ends with a fingerprint of all numbers. So vectors with and without the steps, or with steps fitted to another
/// sample, are never compared: an index refuses them like vectors of another network.
public struct EmbeddingTransform: Sendable, Hashable {
    /// The recipe of the input vectors.
    package let base: Recipe

    /// The recipe of the transformed vectors: the base recipe, the steps, and `fitted` with the fingerprint.
    public let recipe: Recipe

    /// The number of components of the input vectors.
    package let inputDimension: Int

    /// The number of components of the transformed vectors.
    package let outputDimension: Int

    package let steps: [Recipe.Field]
    package let power: Double
    package let mean: [Float]?
    /// The rows of the projection in groups of eight, or `nil` when there is none.
    private let matrix: [SIMD8<Float>]?

    /// Creates a transform from its numbers.
    ///
    /// - Precondition: All counts agree.
    package init(
        base: Recipe,
        inputDimension: Int,
        steps: [Recipe.Field],
        power: Double,
        mean: [Float]?,
        matrix: [[Float]]?
    ) {
        precondition(mean?.count ?? inputDimension == inputDimension, "the mean has a number for each component")
        self.base = base
        self.inputDimension = inputDimension
        outputDimension = matrix?.count ?? inputDimension
        self.steps = steps
        self.power = power
        self.mean = mean
        let groups = (inputDimension + 7) / 8
        self.matrix = matrix.map { rows in
            var lanes = [SIMD8<Float>](repeating: .zero, count: rows.count * groups)
            for (row, values) in rows.enumerated() {
                precondition(values.count == inputDimension, "a row has a number for each component")
                for (column, value) in values.enumerated() { lanes[row * groups + column >> 3][column & 7] = value }
            }
            return lanes
        }
        let fingerprint = Fingerprint(power: power, mean: mean, matrix: matrix)
        recipe = Recipe(fields: base.fields + steps + [Recipe.Field(name: "fitted", value: fingerprint.description)])
    }

    /// The rows of the projection, or `nil` when there is none.
    var rows: [[Float]]? {
        let groups = (inputDimension + 7) / 8
        return matrix.map { lanes in
            (0..<outputDimension).map { row in
                (0..<inputDimension).map { lanes[row * groups + $0 >> 3][$0 & 7] }
            }
        }
    }

    /// Transforms a vector.
    ///
    /// - Returns: A vector of ``outputDimension`` components and unit length.
    /// - Throws: ``RecError`` with code `recipeMismatch` or `dimensionMismatch` when the vector is not one that the
    ///   transform was fitted to; `invalidVector` when the result has zero length, as for the mean of the sample.
    /// - Complexity: O(``inputDimension`` · ``outputDimension``)
    package func apply(to vector: DenseVector) throws(RecError) -> DenseVector {
        guard vector.recipe == base else {
            let reasons = vector.recipe.differences(from: base).joined(separator: "; ")
            throw RecError(
                .recipeMismatch,
                "The transform is made for vectors of another recipe (\(reasons)). Use the settings it was fitted with."
            )
        }
        guard vector.dimension == inputDimension else {
            throw RecError(
                .dimensionMismatch,
                "The vector has \(vector.dimension) components; the transform is made for \(inputDimension)."
            )
        }
        return try DenseVector(normalizing: projected(vector.components), recipe: recipe)
    }

    /// All steps but the last: the vector before it is scaled to unit length.
    package func projected(_ components: [Float]) -> [Float] {
        var values = PowerLaw(power).apply(to: components).map { Float($0) }
        if let mean {
            for (position, value) in mean.enumerated() { values[position] -= value }
        }
        guard let matrix else { return values }
        let groups = (inputDimension + 7) / 8
        var lanes = [SIMD8<Float>](repeating: .zero, count: groups)
        for (position, value) in values.enumerated() { lanes[position >> 3][position & 7] = value }
        return (0..<outputDimension).map { row in
            var sum = SIMD8<Float>.zero
            let start = row * groups
            for group in 0..<groups { sum += matrix[start + group] * lanes[group] }
            return sum.sum()
        }
    }
}

/// The vector of a product with several pictures, or inputs of another type.
public enum InputAggregation: String, Sendable, Hashable, CaseIterable {
    /// The mean of the unit vectors of all inputs, scaled to unit length.
    case mean
    /// The vector of the first input alone.
    case first
}

extension InputAggregation {
    /// The inputs that the vector depends on.
    func relevant<Input>(_ inputs: [Input]) -> ArraySlice<Input> {
        switch self {
        case .mean: inputs[...]
        case .first: inputs.prefix(1)
        }
    }

    /// The vector of a product, from those of its relevant inputs; one vector is returned as it is.
    ///
    /// - Throws: ``RecError`` with code `invalidVector` when the vectors cancel each other out.
    /// - Precondition: There is a vector; all have the same dimension.
    func combine(_ vectors: [DenseVector]) throws(RecError) -> DenseVector {
        let first = vectors[0]
        guard vectors.count > 1 else { return first }
        var sums = [Double](repeating: 0, count: first.dimension)
        for vector in vectors {
            for (index, component) in vector.components.enumerated() { sums[index] += Double(component) }
        }
        let count = Double(vectors.count)
        return try DenseVector(normalizing: sums.map { Float($0 / count) }, recipe: first.recipe)
    }
}

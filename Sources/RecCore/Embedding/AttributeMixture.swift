internal import RecMath

/// A weighted mix of one-hot blocks: the target of a query that starts from several products.
///
/// As a vector it is `sum(w_i * x_i)` over its terms, each `x_i` the unit vector of its codes, scaled to unit length.
/// Weights may be negative, for products that are disliked. Only queries have such a block; a product has codes.
package struct AttributeMixture: Sendable, Hashable {
    /// One part of a mixture.
    package struct Term: Sendable, Hashable {
        /// The codes of a product.
        package let codes: AttributeCodes
        /// The weight of the codes; finite, and negative for a product that is disliked.
        package let weight: Double

        /// Creates a term.
        package init(codes: AttributeCodes, weight: Double) {
            self.codes = codes
            self.weight = weight
        }
    }

    /// The terms; at least one.
    ///
    /// Their weights are divided by the greatest where that is beyond 1e100 or below 1e-100: only ratios matter.
    package let terms: [Term]

    /// The space of all terms.
    package let space: AttributeSpace

    /// Creates a mixture.
    ///
    /// - Throws: ``RecError`` with code `invalidVector` when there is no term or a weight is not finite, with code
    ///   `recipeMismatch` when the terms are of different spaces.
    package init(_ terms: [Term]) throws(RecError) {
        guard let first = terms.first else {
            throw RecError(.invalidVector, "A mixture of no products has no direction.")
        }
        for term in terms {
            guard term.weight.isFinite else {
                throw RecError(.invalidVector, "A mixture cannot hold the weight \(term.weight).")
            }
            guard term.codes.space == first.codes.space else {
                throw RecError(.recipeMismatch, "The products of a mixture have attributes of different spaces.")
            }
        }
        let greatest = terms.map(\.weight.magnitude).max() ?? 0
        self.terms =
            greatest == 0 || AttributeSpace.plain.contains(greatest)
            ? terms : terms.map { Term(codes: $0.codes, weight: $0.weight / greatest) }
        space = first.codes.space
    }

    /// The sum of the terms, a number for each column, before it is scaled to unit length, with these weights of the
    /// attributes of the space.
    ///
    /// - Complexity: O(width + number of set columns)
    package func sum(weights: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: space.width)
        for term in terms {
            for (column, value) in zip(term.codes.columns, term.codes.components(weights: weights)) {
                result[Int(column)] += term.weight * value
            }
        }
        return result
    }

    /// The unit vector written out: a float for each column; all zeros when the terms cancel out.
    package var dense: [Float] {
        let sum = sum(weights: space.weights(replacing: [:]))
        let length = sum.length
        return length > 0 ? sum.map { Float($0 / length) } : sum.map { _ in 0 }
    }
}

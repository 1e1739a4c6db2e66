internal import RecMath

extension DenseVector: BlockContent {
    /// Lengths below which a sum of unit vectors is rounding.
    private static let negligible = 1e-6

    var kind: EmbeddingSpace.Kind { EmbeddingSpace.Kind(dimension: dimension, recipe: recipe) }

    var flat: [Float] { components }

    var negated: Embedding.Block { Embedding.Block(DenseVector(unit: components.map { -$0 }, recipe: recipe)) }

    func comparable(_ weighting: Weighting) -> ComparableEmbedding.Side { .packed(PackedVector(components)) }

    func sum(
        of terms: [(block: Embedding.Block, weight: Double)],
        _ weighting: Weighting
    ) throws(RecError) -> (Embedding.Block, length: Double)? {
        var sum = [Double](repeating: 0, count: dimension)
        for term in terms {
            guard let vector = term.block.vector else { continue }
            for position in sum.indices { sum[position] += term.weight * Double(vector.components[position]) }
        }
        let length = sum.length
        guard length > Self.negligible else { return nil }
        let unit = try DenseVector(normalizing: sum.map { Float($0 / length) }, recipe: recipe)
        return (Embedding.Block(unit), length)
    }
}

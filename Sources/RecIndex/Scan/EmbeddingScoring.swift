package import RecCore
internal import RecFiles

/// A query prepared for comparison with embeddings that lie in no index, with the kernels of one.
///
/// Scores and cosines have the same bits as those of an ``Index`` over the same embeddings.
package struct EmbeddingScoring: Sendable {
    private let space: EmbeddingSpace
    private let query: SearchQuery
    private let scorer: BlockScorer

    /// Prepares a query.
    ///
    /// - Precondition: The query fits the space.
    package init(_ query: SearchQuery, in space: EmbeddingSpace) {
        self.space = space
        self.query = query
        scorer = BlockScorer(query.weighting, names: space.blocks.map(\.name))
    }

    /// The cosines with each embedding, and the score, `nil` where the pair is not ranked.
    ///
    /// - Precondition: The embeddings fit the space and hold no mixtures.
    /// - Complexity: O(*n* · dimension)
    package func scores(_ embeddings: [Embedding]) -> [(score: Double?, cosines: BlockCosines)] {
        var cosines = embeddings.map { _ in
            BlockCosines(names: scorer.names, values: scorer.names.map { _ in nil })
        }
        for (position, block) in space.blocks.enumerated() {
            guard let given = query.embedding[block.name] else { continue }
            if let vector = given.vector {
                dense(vector, block.name, embeddings) { cosines[$0].values[position] = $1 }
            } else if let query = OneHotQuery(given), let attributes = block.attributes {
                oneHot(query, block.name, attributes, embeddings) { cosines[$0].values[position] = $1 }
            }
        }
        return cosines.map { cosines in (scorer.score { cosines.values[$0] }, cosines) }
    }

    private func dense(
        _ vector: DenseVector,
        _ name: BlockName,
        _ embeddings: [Embedding],
        _ receive: (Int, Double) -> Void
    ) {
        let components = vector.components
        var product: [Float] = [0]
        for (number, embedding) in embeddings.enumerated() {
            guard let other = embedding[name]?.vector?.components else { continue }
            DotProduct.rows(other.span, count: 1, query: components.span, into: &product)
            receive(number, min(max(Double(product[0]), -1), 1))
        }
    }

    private func oneHot(
        _ given: OneHotQuery,
        _ name: BlockName,
        _ attributes: AttributeSpace,
        _ embeddings: [Embedding],
        _ receive: (Int, Double) -> Void
    ) {
        var numbers: [Int] = []
        var codes: [AttributeCodes] = []
        for (number, embedding) in embeddings.enumerated() {
            guard let other = embedding[name]?.codes else { continue }
            numbers.append(number)
            codes.append(other)
        }
        let block = OneHotBlock(space: attributes, patterns: codes, patternOfRow: NumberArray([]))
        let found = block.cosines(
            with: OneHotComparison(given, in: attributes, replacements: query.weighting.attributes)
        )
        for (number, cosine) in zip(numbers, found) where !cosine.isNaN { receive(number, cosine) }
    }
}

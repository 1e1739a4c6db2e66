internal import RecMath

/// An example with its embedding and what it counts after the decay by age.
struct ResolvedExample: Sendable {
    let embedding: Embedding
    var weight: Double
    /// Where the example is among the likes, or among the dislikes, of the query.
    let position: Int
}

extension RecommendationQuery {
    /// The likes and dislikes that count, with their embeddings; the greatest weight of all is 1.
    ///
    /// Only the ratios of weights matter, and huge, tiny or long decayed ones would not survive being added up.
    ///
    /// - Throws: As ``resolve(_:in:youngest:)`` does.
    func resolvedExamples(
        in index: any SimilarityIndex
    ) throws -> (likes: [ResolvedExample], dislikes: [ResolvedExample]) {
        let youngest =
            (likes + dislikes).filter { $0.weight > 0 }.map { max($0.age ?? .zero, .zero) }.min() ?? .zero
        let liked = try resolve(likes, in: index, youngest: youngest)
        let disliked = try resolve(dislikes, in: index, youngest: youngest)
        let greatest = (liked + disliked).map(\.weight).max() ?? 1
        func scaled(_ examples: [ResolvedExample]) -> [ResolvedExample] {
            examples.map { example in
                var example = example
                example.weight /= greatest
                return example
            }.filter { $0.weight > 0 }
        }
        return (scaled(liked), scaled(disliked))
    }

    /// The examples of a list that count, with their embeddings; the decay by age begins with the youngest of all.
    ///
    /// - Throws: ``RecCoreError`` with code `unknownProduct`, `recipeMismatch`, `dimensionMismatch` or `noSharedBlock`, and
    ///   as ``SimilarityIndex/embedding(of:)`` does.
    private func resolve(
        _ examples: [Example],
        in index: any SimilarityIndex,
        youngest: Duration
    ) throws -> [ResolvedExample] {
        try examples.enumerated().compactMap { position, example in
            let embedding: Embedding
            switch example.subject {
            case .embedding(let given):
                try index.space.validate(given)
                embedding = given
            case .product(let id):
                guard let found = try index.embedding(of: id) else {
                    if ignoresUnknownExamples { return nil }
                    throw RecCoreError(
                        .unknownProduct,
                        "No product of the index has the id '\(id)'; set ignoresUnknownExamples to pass over such examples."
                    )
                }
                embedding = found
            }
            let weight = example.weight * decay(max(example.age ?? .zero, .zero) - youngest)
            guard weight > 0, !embedding.blocks.isEmpty else { return nil }
            return ResolvedExample(embedding: embedding, weight: weight, position: position)
        }
    }

    private func decay(_ age: Duration) -> Double {
        guard let halfLife, age > .zero else { return 1 }
        return PowerFunction.two(toThe: -(age / halfLife))
    }
}

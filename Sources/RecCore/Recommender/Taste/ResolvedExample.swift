/// An example with its embedding and what it counts after the decay by age.
struct ResolvedExample: Sendable {
    let embedding: Embedding
    let weight: Double
    /// Where the example is among the likes, or among the dislikes, of the query.
    let position: Int
    let id: ProductID?
}

extension RecommendationQuery {
    /// The examples of a list that count, with their embeddings.
    ///
    /// - Throws: ``RecCoreError`` with code `unknownProduct`, `recipeMismatch`, `dimensionMismatch` or `noSharedBlock`, and
    ///   as ``SimilarityIndex/embedding(of:)`` does.
    func resolve(_ examples: [Example], in index: any SimilarityIndex) throws -> [ResolvedExample] {
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
            let weight = example.weight * decay(example.age)
            guard weight > 0, !embedding.blocks.isEmpty else { return nil }
            return ResolvedExample(embedding: embedding, weight: weight, position: position, id: example.id)
        }
    }

    private func decay(_ age: Duration?) -> Double {
        guard let age, let halfLife, age > .zero else { return 1 }
        return PowerFunction.two(toThe: -(age / halfLife))
    }
}

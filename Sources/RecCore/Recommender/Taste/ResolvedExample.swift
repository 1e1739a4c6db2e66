internal import RecMath

/// An example with its embedding and its weight after the decay by age.
struct ResolvedExample: Sendable {
    let embedding: Embedding
    var weight: Double
    /// The position of the example among the likes, or among the dislikes, of the query.
    let position: Int
}

/// The likes and dislikes of a query with a positive weight.
struct ResolvedExamples: Sendable {
    let likes: [ResolvedExample]
    let dislikes: [ResolvedExample]
}

extension RecommendationQuery {
    /// The examples with a positive weight, with their embeddings; the greatest weight of all is 1.
    ///
    /// Only the ratios of weights matter, and sums of huge, tiny or long decayed ones would overflow or vanish.
    ///
    /// - Parameters:
    ///   - space: The space of the index.
    ///   - embedding: The embedding of a product of the index; `nil` for one that is not in it.
    /// - Returns: The likes and the dislikes, each in the order of the query.
    /// - Throws: ``RecError`` with code `unknownProduct`, `recipeMismatch`, `dimensionMismatch` or `noSharedBlock`.
    func resolvedExamples(
        in space: EmbeddingSpace,
        _ embedding: (ProductID) -> Embedding?
    ) throws(RecError) -> ResolvedExamples {
        let youngest =
            (likes + dislikes).filter { $0.weight > 0 }.map { max($0.age ?? .zero, .zero) }.min() ?? .zero
        let liked = try resolve(likes, in: space, youngest: youngest, embedding)
        let disliked = try resolve(dislikes, in: space, youngest: youngest, embedding)
        let greatest = (liked + disliked).map(\.weight).max() ?? 1
        func scaled(_ examples: [ResolvedExample]) -> [ResolvedExample] {
            examples.map { example in
                var example = example
                example.weight /= greatest
                return example
            }.filter { $0.weight > 0 }
        }
        return ResolvedExamples(likes: scaled(liked), dislikes: scaled(disliked))
    }

    /// The examples of a list with a positive weight; the decay by age begins with the youngest of all.
    private func resolve(
        _ examples: [Example],
        in space: EmbeddingSpace,
        youngest: Duration,
        _ embedding: (ProductID) -> Embedding?
    ) throws(RecError) -> [ResolvedExample] {
        var resolved: [ResolvedExample] = []
        for (position, example) in examples.enumerated() {
            let found: Embedding
            switch example.subject {
            case .embedding(let given):
                try space.validate(given)
                found = given
            case .product(let id):
                guard let known = embedding(id) else {
                    if ignoresUnknownExamples { continue }
                    throw RecError(
                        .unknownProduct,
                        "No product of the index has the id '\(id)'; set ignoresUnknownExamples to pass over such examples."
                    )
                }
                found = known
            }
            let weight = example.weight * decay(max(example.age ?? .zero, .zero) - youngest)
            guard weight > 0, !found.blocks.isEmpty else { continue }
            resolved.append(ResolvedExample(embedding: found, weight: weight, position: position))
        }
        return resolved
    }

    private func decay(_ age: Duration) -> Double {
        guard let halfLife, age > .zero else { return 1 }
        return PowerFunction.two(toThe: -(age / halfLife))
    }
}

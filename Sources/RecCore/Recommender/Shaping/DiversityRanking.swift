/// Orders products by maximal marginal relevance.
struct DiversityRanking {
    private let comparison: Comparison
    private let diversity: Double
    /// The most recently chosen products, for comparison with later ones.
    private var chosen: [ComparableEmbedding] = []

    /// The number of products of earlier pools that a product is compared with.
    private static let remembered = 100

    init(diversity: Double, _ comparison: Comparison) {
        self.diversity = diversity
        self.comparison = comparison
    }

    /// Adds a product regardless of its score, such as a pinned one.
    mutating func choose(_ embedding: Embedding) {
        remember(comparison.comparable(embedding))
    }

    /// The result of offering a product.
    enum Fate {
        /// It is in the answer; later products are compared with it.
        case taken
        /// It is not in the answer.
        case passedOver
        /// The answer is complete.
        case enough
    }

    /// Offers the products of a pool in their order.
    ///
    /// - Complexity: O(*p* * chosen) comparisons for a pool of *p*
    mutating func offer(_ pool: [ShapedProduct], to body: (ShapedProduct) -> Fate) throws {
        let earlier = chosen.suffix(Self.remembered)
        var rest: [(product: ShapedProduct, embedding: ComparableEmbedding, greatest: Double?)] = pool.map {
            let embedding = comparison.comparable($0.candidate?.embedding ?? Embedding([:]))
            return ($0, embedding, earlier.compactMap { comparison.score($0, embedding) }.max())
        }
        while !rest.isEmpty {
            try Task.checkCancellation()
            var best = 0
            var bestValue = -Double.infinity
            for position in rest.indices {
                let value =
                    (1 - diversity) * rest[position].product.score - diversity * (rest[position].greatest ?? 0)
                // The pool is in order of score and identifier, so the first of equal products is kept.
                if value > bestValue { (best, bestValue) = (position, value) }
            }
            let (product, embedding, _) = rest.remove(at: best)
            switch body(product) {
            case .enough: return
            case .passedOver: continue
            case .taken: remember(embedding)
            }
            for position in rest.indices {
                guard let score = comparison.score(embedding, rest[position].embedding) else {
                    continue
                }
                rest[position].greatest = max(rest[position].greatest ?? score, score)
            }
        }
    }

    private mutating func remember(_ embedding: ComparableEmbedding) {
        chosen.append(embedding)
        if chosen.count > 2 * Self.remembered { chosen.removeFirst(chosen.count - Self.remembered) }
    }
}

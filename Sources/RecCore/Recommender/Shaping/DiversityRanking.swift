/// Puts products in an order that values variety, by maximal marginal relevance.
struct DiversityRanking {
    private let search: Search
    private let diversity: Double
    /// The products chosen last, which later ones are compared with.
    private var chosen: [ComparableEmbedding] = []

    /// How many products that were chosen before its own pool a product is compared with.
    private static let remembered = 100

    init(diversity: Double, search: Search) {
        self.diversity = diversity
        self.search = search
    }

    /// Adds a product that is chosen whatever its score, as a pinned one is.
    mutating func choose(_ id: ProductID) throws {
        if let embedding = try search.index.embedding(of: id) { remember(search.comparable(embedding)) }
    }

    /// What becomes of a product that is offered.
    enum Fate {
        /// It is in the answer, and later ones should differ from it.
        case taken
        /// It is not in the answer.
        case passedOver
        /// Nothing more is wanted.
        case enough
    }

    /// Offers the products of a pool in their order.
    ///
    /// - Complexity: O(*p* * chosen) comparisons for a pool of *p*
    mutating func offer(_ pool: [ShapedProduct], to body: (ShapedProduct) throws -> Fate) throws {
        let earlier = chosen.suffix(Self.remembered)
        var rest: [(product: ShapedProduct, embedding: ComparableEmbedding, greatest: Double?)] = try pool.map {
            let embedding = search.comparable(try search.index.embedding(of: $0.id) ?? Embedding([:]))
            return ($0, embedding, earlier.compactMap { search.score($0, embedding) }.max())
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
            switch try body(product) {
            case .enough: return
            case .passedOver: continue
            case .taken: remember(embedding)
            }
            for position in rest.indices {
                guard let score = search.score(embedding, rest[position].embedding) else {
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

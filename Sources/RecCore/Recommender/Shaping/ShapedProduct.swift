/// A candidate with its boosts.
struct ShapedProduct {
    let id: ProductID
    /// Its comparison with the examples; `nil` for a pinned product that cannot be compared.
    let candidate: Candidate?
    /// The similarity and all boosts.
    let score: Double
    /// The boosts, one for each of the query.
    let boosts: [Double]
    let isPinned: Bool

    /// The product is needed when the query has boosts.
    init(_ id: ProductID, _ candidate: Candidate?, _ product: Product?, boosts: [Boost], isPinned: Bool = false) {
        self.id = id
        self.candidate = candidate
        self.boosts = product.map { product in boosts.map { $0.clamped(product) } } ?? []
        score = self.boosts.reduce(candidate?.similarity ?? 0, +)
        self.isPinned = isPinned
    }
}

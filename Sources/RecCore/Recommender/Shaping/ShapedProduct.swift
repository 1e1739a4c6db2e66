/// A product on its way into an answer.
struct ShapedProduct {
    let id: ProductID
    /// `nil` for a pinned product that cannot be compared.
    let similarity: Double?
    /// The similarity and all boosts.
    let score: Double
    /// What each boost of the query adds.
    var boosts: [Double] = []
    /// The product itself, where boosts have looked at it.
    var product: Product?
    var isPinned = false
}

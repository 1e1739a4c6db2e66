/// A product of an index, with as much of its contents as was asked for.
public struct IndexedProduct: Sendable, Hashable {
    /// Which product.
    public let id: ProductID

    /// The product; `nil` when it was not asked for.
    public let product: Product?

    /// Its embedding, or the blocks that were asked for; `nil` when none were.
    ///
    /// A product that was indexed without any block has an embedding without blocks.
    public let embedding: Embedding?

    /// Creates a value.
    public init(id: ProductID, product: Product? = nil, embedding: Embedding? = nil) {
        self.id = id
        self.product = product
        self.embedding = embedding
    }
}

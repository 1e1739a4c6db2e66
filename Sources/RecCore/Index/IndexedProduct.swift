/// A product of an index, with the requested contents.
public struct IndexedProduct: Sendable, Hashable {
    /// The identifier of the product.
    package let id: ProductID

    /// The product; `nil` when it was not requested.
    public let product: Product?

    /// Its embedding, or the requested blocks of it; `nil` when none were requested.
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

/// A product together with its embedding, ready for an index.
public struct EmbeddedProduct: Sendable, Hashable {
    /// The product.
    public let product: Product

    /// Its embedding, with at least one block.
    public let embedding: Embedding

    /// Creates a product with its embedding.
    public init(product: Product, embedding: Embedding) {
        self.product = product
        self.embedding = embedding
    }
}

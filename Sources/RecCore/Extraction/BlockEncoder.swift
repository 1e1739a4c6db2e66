/// Encodes other data of a product, such as a price, a size or a text, as a block beside picture and metadata.
///
/// Products are compared block by block, so the block has a weight of its own in every query
/// (``BlockWeights/init(_:)``).
public protocol BlockEncoder: Sendable {
    /// The name and kind of the blocks; the recipe in it must change whenever the numbers may change.
    var block: EmbeddingSpace.Block { get }

    /// Encodes a product.
    ///
    /// - Returns: A block of the kind of ``block``, or `nil` when the product has no data for it.
    /// - Throws: An error when the product's data are invalid; the product keeps its other blocks.
    func encode(_ product: Product) throws -> Embedding.Block?
}

/// The one-hot block of a metadata encoder.
struct MetadataBlock: BlockEncoder {
    let encoder: any MetadataEncoder

    var block: EmbeddingSpace.Block { EmbeddingSpace.Block(metadata: encoder) }

    func encode(_ product: Product) throws -> Embedding.Block? {
        try encoder.encode(product).map { .init($0) }
    }
}

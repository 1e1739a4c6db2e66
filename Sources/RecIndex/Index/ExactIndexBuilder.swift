public import RecCore

/// Collects products with their embeddings and makes an ``ExactIndex`` of them.
///
/// ```swift
/// var builder = ExactIndexBuilder(space: embedder.space)
/// for item in embedded { try builder.add(item.product, item.embedding) }
/// let index = builder.build()
/// ```
/// The order in which products are added makes no difference to the index or its file.
public struct ExactIndexBuilder: Sendable {
    /// What the embeddings have in common.
    public let space: EmbeddingSpace

    /// Texts to keep with the index, by name: where it comes from, who made it.
    public var notes: [String: String] = [:]

    private var products: [Product] = []
    private var known: Set<ProductID> = []
    private var blocks: [BlockBuilder]

    /// Creates a builder without products.
    ///
    /// - Parameters:
    ///   - space: What the embeddings have in common.
    ///   - capacity: The expected number of products, for which room is made at once.
    public init(space: EmbeddingSpace, capacity: Int = 0) {
        self.space = space
        blocks = space.blocks.map { BlockBuilder($0.kind, capacity: capacity) }
        products.reserveCapacity(capacity)
    }

    /// The number of products so far.
    public var count: Int { products.count }

    /// Adds a product.
    ///
    /// - Throws: `RecCoreError`: `recipeMismatch`, `dimensionMismatch` or `noSharedBlock` when the embedding does not
    ///   fit the space, `duplicateProduct` when a product of that identifier was added before, `invalidProduct` when the
    ///   identifier is empty or a block is a mixture. The builder is unchanged then.
    public mutating func add(_ product: Product, _ embedding: Embedding) throws(RecCoreError) {
        guard !product.id.rawValue.isEmpty else {
            throw RecCoreError(.invalidProduct, "A product has an empty identifier, so nothing could refer to it.")
        }
        try space.validate(embedding)
        for (name, block) in embedding.blocks {
            guard case .mixture = block else { continue }
            throw RecCoreError(
                .invalidProduct,
                "Block '\(name)' of product '\(product.id)' is a mixture; only queries are."
            )
        }
        guard known.insert(product.id).inserted else {
            throw RecCoreError(
                .duplicateProduct,
                "A product '\(product.id)' is in the index already; identifiers must differ."
            )
        }
        products.append(product)
        for (position, block) in space.blocks.enumerated() { blocks[position].append(embedding[block.name]) }
    }

    /// Makes the index.
    ///
    /// - Complexity: O(*n* log *n* + *n* · dimension)
    public consuming func build() -> ExactIndex {
        ExactIndex(segment())
    }

    /// Makes the segment.
    consuming func segment() -> Segment {
        let order = products.indices.sorted { [products] in products[$0].id < products[$1].id }
        let table = ProductTable(order.map { products[$0] })
        var parts: [Segment.Block] = []
        for position in blocks.indices { parts.append(blocks[position].build(order: order)) }
        return Segment(space: space, notes: notes, products: table, blocks: parts)
    }
}

internal import RecCore

/// Collects products with their embeddings and makes a ``Segment`` of them.
struct SegmentBuilder: Sendable {
    /// The space of the embeddings.
    let space: EmbeddingSpace

    private var products: [Product] = []
    private var known: Set<ProductID> = []
    private var blocks: [any BlockBuilder]

    /// - Parameters:
    ///   - space: The space of the embeddings.
    ///   - capacity: The expected number of products, to reserve memory for.
    init(space: EmbeddingSpace, capacity: Int) {
        self.space = space
        blocks = space.blocks.map { $0.kind.stored.builder(capacity: capacity) }
        products.reserveCapacity(capacity)
    }

    /// The number of products so far.
    var count: Int { products.count }

    /// Adds a product.
    ///
    /// - Throws: `RecError`, as ``IndexBuilder/add(_:_:)`` says; the builder is unchanged then.
    mutating func add(_ product: Product, _ embedding: Embedding) throws(RecError) {
        guard !product.id.rawValue.isEmpty else {
            throw RecError(.invalidProduct, "A product has an empty identifier, so nothing could refer to it.")
        }
        try space.validate(embedding)
        for (block, builder) in zip(space.blocks, blocks) {
            guard let given = embedding[block.name], !builder.accepts(given) else { continue }
            throw RecError(
                .invalidProduct,
                "Block '\(block.name)' of product '\(product.id)' is a mixture; only queries are."
            )
        }
        guard known.insert(product.id).inserted else {
            throw RecError(
                .duplicateProduct,
                "A product '\(product.id)' is in the index already; identifiers must differ."
            )
        }
        products.append(product)
        for (position, block) in space.blocks.enumerated() { blocks[position].append(embedding[block.name]) }
    }

    /// Makes the segment.
    ///
    /// - Complexity: O(*n* log *n* + *n* · dimension)
    consuming func segment(notes: [String: String] = [:]) -> Segment {
        let order = products.indices.sorted { [products] in products[$0].id < products[$1].id }
        let table = ProductTable(order.map { products[$0] })
        var parts: [any StoredBlock] = []
        for position in blocks.indices { parts.append(blocks[position].build(order: order)) }
        return Segment(space: space, notes: notes, products: table, blocks: parts)
    }
}

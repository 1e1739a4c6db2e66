internal import RecCore

/// Products with their embeddings, which never change: what every index of this module is made of.
///
/// Rows ascend by identifier.
struct Segment: Sendable {
    /// What the embeddings have in common.
    let space: EmbeddingSpace

    /// The host's notes.
    let notes: [String: String]

    /// What is known about the products besides their embeddings.
    let products: ProductTable

    /// The blocks of the space, in its order, with one row for each product.
    let blocks: [Block]

    /// The codes of the dense block, if there are any.
    private(set) var codes: QuantizedBlock?

    init(space: EmbeddingSpace, notes: [String: String], products: ProductTable, blocks: [Block]) {
        self.space = space
        self.notes = notes
        self.products = products
        self.blocks = blocks
    }

    /// The same products with codes of their dense block.
    ///
    /// - Precondition: The codes are those of the dense block.
    func with(_ codes: ProductCodes) -> Segment {
        var segment = self
        segment.codes = QuantizedBlock(codes, of: self)
        return segment
    }

    /// The same products with codes whose directions are known to be those of other codes.
    func with(_ origin: CodeOrigin?) -> Segment {
        guard let origin, var codes = codes?.codes else { return self }
        codes.origin = origin
        return with(codes)
    }

    /// One block of all products.
    enum Block: Sendable {
        case dense(DenseBlock)
        case oneHot(OneHotBlock)

        /// The block of one product, or `nil` when it lacks it.
        func block(of row: Int) throws(RecIndexError) -> Embedding.Block? {
            switch self {
            case .dense(let block): try block.vector(of: row).map { .dense($0) }
            case .oneHot(let block): block.codes(of: row).map { .oneHot($0) }
            }
        }
    }

    /// The number of products.
    var count: Int { products.count }

    /// The identifiers of all products, ascending by code points.
    var ids: [ProductID] { (0..<count).map { products.id(of: $0) } }

    /// The product of that identifier with its attributes, or `nil`.
    func product(_ id: ProductID) -> Product? {
        products.row(of: id).map { products.product(at: $0) }
    }

    /// The embedding of that product, or `nil`.
    func embedding(of id: ProductID) throws(RecIndexError) -> Embedding? {
        guard let row = products.row(of: id) else { return nil }
        return try embedding(at: row)
    }

    /// The embedding of one product.
    func embedding(at row: Int) throws(RecIndexError) -> Embedding {
        var embedding = Embedding([:])
        for (block, stored) in zip(space.blocks, blocks) { embedding[block.name] = try stored.block(of: row) }
        return embedding
    }

    /// The rows that a query looks at: those that match its filter and are not excluded.
    ///
    /// - Throws: `RecCoreError` with code `unknownAttribute`.
    func selection(for query: SearchQuery) throws(RecCoreError) -> RowSelection {
        var isSelected: RowFlags?
        if let filter = query.filter { isSelected = RowFlags(try products.rows(matching: filter)) }
        return RowSelection(
            count: count,
            isSelected: isSelected,
            excluded: query.excluded.compactMap { products.row(of: $0) }
        )
    }
}

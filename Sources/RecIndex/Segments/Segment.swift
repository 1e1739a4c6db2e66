internal import RecCore

/// An immutable set of products with their embeddings; every index of this module consists of segments.
///
/// Rows ascend by identifier.
struct Segment: Sendable {
    /// The identity of the segment; the same with and without codes or a graph.
    private(set) var id = SegmentID()

    /// The host's notes.
    var notes: [String: String]

    /// The data of the products besides their embeddings.
    let products: ProductTable

    /// The embeddings, with one row for each product.
    let embeddings: BlockTable

    /// The codes of the dense block, if there are any.
    private(set) var codes: QuantizedBlock?

    /// The graph of the dense block, if there is one.
    private(set) var graph: GraphBlock?

    /// - Precondition: There is a row of each block for each product.
    init(space: EmbeddingSpace, notes: [String: String], products: ProductTable, blocks: [any StoredBlock]) {
        self.notes = notes
        self.products = products
        embeddings = BlockTable(space: space, blocks: blocks, rowCount: products.count)
    }

    /// The space of the embeddings.
    var space: EmbeddingSpace { embeddings.space }

    /// The blocks of the space, in its order.
    var blocks: [any StoredBlock] { embeddings.blocks }

    /// The number of products.
    var count: Int { products.count }

    /// The same products with codes of their dense block, or without codes.
    ///
    /// - Precondition: The codes are those of the dense block.
    func with(_ codes: ProductCodes?) -> Segment {
        var segment = self
        segment.codes = codes.flatMap { QuantizedBlock($0, of: embeddings) }
        return segment
    }

    /// The same products with a graph of their dense block, or without one.
    ///
    /// - Precondition: The graph is that of the dense block.
    func with(_ graph: ProductGraph?) -> Segment {
        var segment = self
        segment.graph = graph.flatMap { GraphBlock($0, of: embeddings) }
        return segment
    }

    /// The same products with codes whose directions are known to be those of other codes.
    func with(_ origin: CodeOrigin?) -> Segment {
        guard let origin, var codes = codes?.codes else { return self }
        codes.origin = origin
        return with(codes)
    }
}

/// The searches for the neighbours of products of an index, each without itself.
struct NeighborTable {
    /// A query for each product that has an embedding.
    let queries: [SearchQuery]

    private let count: Int
    /// The position, among the products, of each query.
    private let positions: [Int]

    /// Each query is `template` with its own embedding.
    ///
    /// - Throws: ``RecError`` with code `unknownProduct` for a product that is `nil`.
    init(
        _ ids: [ProductID],
        _ products: [IndexedProduct?],
        _ template: SearchQuery
    ) throws(RecError) {
        var queries: [SearchQuery] = []
        var positions: [Int] = []
        for (position, id) in ids.enumerated() {
            guard let embedding = products[position]?.embedding else { throw .unknown(id) }
            guard !embedding.blocks.isEmpty else { continue }
            var query = template
            query.embedding = embedding
            query.excluded = [id]
            queries.append(query)
            positions.append(position)
        }
        self.queries = queries
        self.positions = positions
        self.count = ids.count
    }

    /// The answers to the queries, as one for each product: none for a product without an embedding.
    func rows(_ answers: [[Neighbor]]) -> [[Neighbor]] {
        var rows = [[Neighbor]](repeating: [], count: count)
        for (position, answer) in zip(positions, answers) { rows[position] = answer }
        return rows
    }
}

extension RecError {
    /// The error for a product that is not in the index.
    package static func unknown(_ id: ProductID) -> RecError {
        RecError(.unknownProduct, "No product of the index has the id '\(id)'.")
    }
}

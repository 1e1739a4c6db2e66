internal import RecCore
internal import RecEngines

/// The products that an answer may consist of, ranked by the kernels of a local index.
struct MilvusCandidates {
    let query: SearchQuery
    private let scoring: CandidateScoring
    private var rows: [ProductID: MilvusRow] = [:]

    init(_ query: SearchQuery, _ space: EmbeddingSpace) {
        self.query = query
        // Milvus has applied the filter.
        var ranked = query
        ranked.filter = nil
        scoring = CandidateScoring(ranked, in: space)
    }

    /// Adds products, or their vectors.
    mutating func add(_ added: [MilvusRow]) {
        for row in added where row.embedding != nil || rows[row.id] == nil { rows[row.id] = row }
    }

    /// Whether the vectors of a product are here.
    func isWhole(_ id: ProductID) -> Bool { rows[id]?.embedding != nil }

    /// The best of the products, with the contents that the query asks for.
    ///
    /// - Throws: `RecError` when the row of one is damaged.
    func answer() throws(RecError) -> [Neighbor] {
        var answer = scoring.answer(
            from: rows.values.map { row in
                IndexedProduct(id: row.id, product: nil, embedding: row.embedding ?? row.codes)
            }
        )
        guard query.contents.product else { return answer }
        for position in answer.indices { answer[position].product = try rows[answer[position].id]?.product }
        return answer
    }
}

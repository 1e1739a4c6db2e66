/// The calls of a recommender without `await`, for an index in this process.
extension Recommender where Index: LocalIndex {
    /// The products most similar to one of the index; never that product itself.
    ///
    /// - Throws: As the asynchronous call does.
    public func similar(
        to id: ProductID,
        count: Int = 10,
        offset: Int = 0,
        weighting: Weighting? = nil,
        filter: AttributeFilter? = nil,
        contents: ProductContents = .none
    ) throws -> [Neighbor] {
        let index = index.snapshot
        guard let embedding = try index.embedding(of: id) else { throw RecError.unknown(id) }
        var query = query(embedding, count, weighting, filter, contents)
        query.excluded = [id]
        return try page(query, offset: offset, of: index)
    }

    /// The products most similar to an embedding, which need not belong to any product.
    ///
    /// - Throws: As the asynchronous call does.
    public func similar(
        to embedding: Embedding,
        count: Int = 10,
        offset: Int = 0,
        weighting: Weighting? = nil,
        filter: AttributeFilter? = nil,
        contents: ProductContents = .none
    ) throws -> [Neighbor] {
        try page(query(embedding, count, weighting, filter, contents), offset: offset, of: index.snapshot)
    }

    private func page(_ query: SearchQuery, offset: Int, of index: some LocalIndex) throws -> [Neighbor] {
        guard offset != 0 else { return try index.neighbors(query) }
        let page = Array(try index.neighbors(query.reaching(past: offset)).dropFirst(offset))
        guard !query.contents.isEmpty else { return page }
        return page.carrying(try index.indexed(page.map(\.id), query.contents))
    }

    /// The recommended products for a query, each with its reasons.
    ///
    /// - Throws: As the asynchronous call does.
    public func recommend(_ query: RecommendationQuery) throws -> [Recommendation] {
        let index = index.snapshot
        var job = try RecommendationJob(query, self, space: index.space) { index.product($0) }
        while let request = try job.next() {
            try Task.checkCancellation()
            switch request {
            case .lookUp(let ids, let contents, let names):
                try job.receive(index.indexed(ids, contents), attributes: names.isEmpty ? [] : index.attributes)
            case .search(let queries):
                try job.receive(index.neighbors(forAll: queries))
            }
        }
        return job.answer
    }
}

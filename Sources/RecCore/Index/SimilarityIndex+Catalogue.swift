extension SimilarityIndex {
    /// Products of a page while a whole catalogue is read.
    private static var pageSize: Int { 4096 }

    /// Every identifier, ascending by code points, read page by page.
    package func allIDs() async throws -> [ProductID] {
        var ids: [ProductID] = []
        while true {
            try Task.checkCancellation()
            let page = try await self.ids(after: ids.last, count: Self.pageSize)
            ids += page
            if page.count < Self.pageSize { return ids }
        }
    }

    /// What `transform` makes of each of some products, which are read page by page.
    ///
    /// - Returns: The results, in the order of the identifiers.
    /// - Throws: The errors of the index and of `transform`; `CancellationError` soon after the task is cancelled.
    package func map<Value>(
        _ ids: [ProductID],
        _ contents: ProductContents,
        _ transform: (IndexedProduct?) throws -> Value
    ) async throws -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(ids.count)
        for start in stride(from: 0, to: ids.count, by: Self.pageSize) {
            try Task.checkCancellation()
            let page = Array(ids[start..<min(start + Self.pageSize, ids.count)])
            values += try await products(page, contents).map(transform)
        }
        return values
    }

    /// The embeddings of products of the index, in their order.
    ///
    /// - Throws: ``RecError`` with code `unknownProduct`.
    package func embeddings(of ids: [ProductID]) async throws -> [Embedding] {
        try zip(ids, await products(ids, ProductContents(blocks: .all))).map { id, found in
            guard let embedding = found?.embedding else { throw RecError.unknown(id) }
            return embedding
        }
    }

    /// The neighbours of several products of the index, each without itself; none for a product without an embedding.
    ///
    /// Only `blocks` of the products are compared, and each neighbour carries `contents`.
    ///
    /// - Throws: ``RecError`` with code `unknownProduct`, and as ``search(_:)`` does.
    package func neighbors(
        of ids: [ProductID],
        count: Int,
        weighting: Weighting,
        minimumScore: Double? = nil,
        blocks: ProductContents.Blocks = .all,
        contents: ProductContents = .none
    ) async throws -> [[Neighbor]] {
        var template = SearchQuery(Embedding([:]), count: count, weighting: weighting)
        template.minimumScore = minimumScore
        template.contents = contents
        let table = try NeighborTable(ids, await products(ids, ProductContents(blocks: blocks)), template)
        return table.rows(try await search(table.queries))
    }
}

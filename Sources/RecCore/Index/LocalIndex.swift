/// A similarity index in this process, with calls that need no `await`.
///
/// Beside the asynchronous calls it has synchronous ones: ``neighbors(_:)``, ``neighbors(of:count:weighting:)``,
/// ``product(_:)`` and ``embedding(of:)``. A conforming type implements the requirements below; extensions add groups,
/// contents and all asynchronous calls.
public protocol LocalIndex: SimilarityIndex where Snapshot: LocalIndex {
    /// The number of products.
    var count: Int { get }

    /// The names of the attributes that at least one product has, ascending by code points.
    var attributes: [String] { get }

    /// The product with that identifier, with its attributes, or `nil`.
    func product(_ id: ProductID) -> Product?

    /// The embedding of that product, or `nil`.
    ///
    /// - Throws: An error of the index when its storage is damaged.
    func embedding(of id: ProductID) throws -> Embedding?

    /// A page of identifiers, as in the asynchronous requirement of the same name.
    func page(after id: ProductID?, count limit: Int) -> [ProductID]

    /// The nearest products to one query; ``SearchQuery/groups`` and ``SearchQuery/contents`` are ignored.
    ///
    /// - Throws: As ``SimilarityIndex/search(_:)``.
    func nearest(_ query: SearchQuery) throws -> [Neighbor]

    /// The nearest products to several queries; the same as one after another.
    ///
    /// An index may share work between them.
    func nearest(toAll queries: [SearchQuery]) throws -> [[Neighbor]]
}

extension LocalIndex {
    /// One query after another.
    public func nearest(toAll queries: [SearchQuery]) throws -> [[Neighbor]] {
        try queries.map { query in
            try Task.checkCancellation()
            return try nearest(query)
        }
    }

    /// The nearest products, nearest first.
    ///
    /// - Throws: As ``SimilarityIndex/search(_:)``.
    public func neighbors(_ query: SearchQuery) throws -> [Neighbor] {
        guard !query.groups.isEmpty || !query.contents.isEmpty else { return try nearest(query) }
        return try snapshot.completed(query)
    }

    /// The answers to several queries at one moment; the same as one after another.
    ///
    /// - Throws: As ``neighbors(_:)`` for any of them.
    package func neighbors(forAll queries: [SearchQuery]) throws -> [[Neighbor]] {
        guard queries.contains(where: { !$0.groups.isEmpty || !$0.contents.isEmpty }) else {
            return try nearest(toAll: queries)
        }
        let index = snapshot
        if queries.contains(where: { !$0.groups.isEmpty }) { return try queries.map { try index.neighbors($0) } }
        return try zip(queries, index.nearest(toAll: queries)).map { try index.filled($1, $0.contents) }
    }

    /// The neighbours of several products of the index at one moment, each without itself; none for a product without an
    /// embedding.
    ///
    /// - Parameters:
    ///   - ids: The products.
    ///   - count: The number of neighbours of each product.
    ///   - weighting: How the cosines of the blocks become a score.
    /// - Returns: The neighbours of each product, in the same order.
    /// - Throws: ``RecError`` with code `unknownProduct`, and as ``neighbors(_:)`` does.
    public func neighbors(
        of ids: [ProductID],
        count: Int = 10,
        weighting: Weighting = .standard
    ) throws -> [[Neighbor]] {
        let index = snapshot
        let template = SearchQuery(Embedding([:]), count: count, weighting: weighting)
        let table = try NeighborTable(ids, index.indexed(ids, ProductContents(blocks: .all)), template)
        return table.rows(try index.neighbors(forAll: table.queries))
    }

    private func completed(_ query: SearchQuery) throws -> [Neighbor] {
        guard !query.groups.isEmpty else { return try filled(nearest(query), query.contents) }
        try query.validate(in: space, attributes: attributes)
        var search = GroupedSearch(query)
        while let next = search.nextBare() {
            try Task.checkCancellation()
            search.receive(try nearest(next)) { product($0.id) }
        }
        return try filled(search.answer, query.contents)
    }

    private func filled(_ neighbors: [Neighbor], _ contents: ProductContents) throws -> [Neighbor] {
        guard !contents.isEmpty else { return neighbors }
        return try neighbors.map { neighbor in
            var neighbor = neighbor
            if contents.product, neighbor.product == nil { neighbor.product = product(neighbor.id) }
            if contents.blocks != .none { neighbor.embedding = try embedding(of: neighbor.id).flatMap(contents.part) }
            return neighbor
        }
    }

    func indexed(_ ids: [ProductID], _ contents: ProductContents) throws -> [IndexedProduct?] {
        try ids.map { id in
            let stored = contents.blocks == .none ? nil : try embedding(of: id)
            let product = contents.product || contents.blocks == .none ? self.product(id) : nil
            guard stored != nil || product != nil else { return nil }
            return IndexedProduct(
                id: id,
                product: contents.product ? product : nil,
                embedding: stored.flatMap(contents.part)
            )
        }
    }
}

// MARK: - Asynchronous calls

extension LocalIndex {
    /// ``count``.
    public func productCount() async throws -> Int { count }

    /// ``attributes``.
    public func attributeNames() async throws -> [String] { attributes }

    /// ``neighbors(forAll:)``, in the calling task.
    public func search(_ queries: [SearchQuery]) async throws -> [[Neighbor]] { try neighbors(forAll: queries) }

    /// The products at one moment, in the calling task.
    public func products(_ ids: [ProductID], _ contents: ProductContents) async throws -> [IndexedProduct?] {
        try snapshot.indexed(ids, contents)
    }

    /// ``page(after:count:)``.
    public func ids(after id: ProductID?, count limit: Int) async throws -> [ProductID] {
        page(after: id, count: limit)
    }
}

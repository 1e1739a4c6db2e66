public import RecCore

/// Products with their embeddings in a collection of Milvus.
///
/// ```swift
/// let client = try MilvusClient(MilvusAddress("milvus://localhost:19530"))
/// let index = try await MilvusIndex.open(collection: "shop", in: client)
/// let similar = try await Recommender(index: index).similar(to: "15970")
/// ```
/// Milvus finds the candidates, and the kernels of an index in this process rank them: identifiers, order, ties and
/// scores are those of an `Index` over the same products, to the last bit. An
/// ``Effort-swift.enum/approximate(candidates:)`` search finds its candidates by a graph instead, and may miss some.
///
/// Milvus has no transactions: searches see a new version of a product, or the old one, or for a moment neither. A change
/// that throws may have been made in part, and making it again completes it.
public struct MilvusIndex: Sendable {
    let collection: MilvusCollection

    /// How thoroughly searches look for the nearest products; at first exactly, or with 128 candidates where the
    /// collection has a graph.
    public var effort: Effort

    /// The changes that searches must see.
    public var consistency: MilvusConsistency = .session

    init(_ collection: MilvusCollection) {
        self.collection = collection
        effort = collection.hasGraph ? .approximate(candidates: 128) : .exact
    }

    /// The name of the collection.
    package var collectionName: String { collection.name }

    /// How thoroughly a search looks for the nearest products.
    public enum Effort: Sendable, Hashable {
        /// All products are compared: by Milvus, or in this process where the collection has a graph, which then reads
        /// all products that match the filter.
        case exact
        /// The graph gives this number of candidates, from 1 to 16,384; the collection must have one
        /// (``MilvusIndexKind/graph(links:candidates:)``).
        case approximate(candidates: Int)
    }
}

extension MilvusIndex: SimilarityIndex {
    /// The space of the embeddings, as it was when the collection was opened.
    public var space: EmbeddingSpace { collection.layout.space }

    /// The number of products.
    public func productCount() async throws -> Int {
        async let check: Void = collection.check()
        let count = try await collection.count("", moment)
        try await check
        return count
    }

    /// The names of the attributes that at least one product has, ascending by code points.
    ///
    /// - Complexity: Calls for each 1,000 different combinations of attributes that products have
    public func attributeNames() async throws -> [String] {
        let moment = moment
        while try await collection.learnShapes(moment) {}
        let names = Set(collection.knowledge.shapes.values.flatMap(\.names))
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return try await collection.names(names, moment)
    }

    /// The products with some identifiers.
    public func products(_ ids: [ProductID], _ contents: ProductContents) async throws -> [IndexedProduct?] {
        try await lookUp(ids, contents, attributes: []).products
    }

    /// A page of the catalogue.
    public func ids(after id: ProductID?, count limit: Int) async throws -> [ProductID] {
        try await collection.page(after: id, count: limit, [], moment) { ids, _ in ids }
    }

    /// What searches must see.
    var moment: ReadMoment { moment(consistency) }

    func moment(_ consistency: MilvusConsistency) -> ReadMoment {
        guard consistency == .session else { return ReadMoment(consistency) }
        let knowledge = collection.knowledge
        // A server that did not say the time of a change is asked for all of them for a while.
        guard ContinuousClock.now >= knowledge.untoldUntil else { return ReadMoment(.strong) }
        // Without a change of its own, a search leaves out nothing but the last seconds.
        guard let time = knowledge.leastTime else { return ReadMoment(.bounded) }
        return ReadMoment(level: Int64(consistency.rawValue), time: time)
    }
}

extension MilvusIndex: CombinedLookUp {
    package func lookUp(
        _ ids: [ProductID],
        _ contents: ProductContents,
        attributes: Set<String>
    ) async throws -> (products: [IndexedProduct?], attributes: [String]) {
        let moment = moment
        let names = attributes.sorted()
        async let present = collection.names(names, moment)
        let wanted = Set(ids).filter(\.isStorable).sorted()
        let rows = try await collection.rows(wanted, withVectors: contents.blocks != .none, moment)
        var found: [ProductID: IndexedProduct] = [:]
        for row in rows {
            found[row.id] = IndexedProduct(
                id: row.id,
                product: contents.product ? try row.product : nil,
                embedding: row.embedding.flatMap(contents.part)
            )
        }
        let known = try await present
        return (ids.map { found[$0] }, known.count == names.count ? names : try await attributeNames())
    }
}

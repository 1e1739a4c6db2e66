import RecCore
import RecTesting

/// An index in this process whose faces differ.
struct FaultyLocalIndex: LocalIndex {
    /// The promise that is broken; the text is part of what the suite says of it.
    enum Fault: String, CaseIterable, Sendable {
        /// Queries together have the answers of the first.
        case joint = "queries together are answered as one by one"
        /// It has products that it does not know.
        case unknown = "products are found one by one"
        /// Embeddings come without the picture.
        case partial = "embeddings are found one by one"
    }

    private let base: ReferenceIndex
    private let fault: Fault

    init(_ base: ReferenceIndex, _ fault: Fault) {
        self.base = base
        self.fault = fault
    }

    var space: EmbeddingSpace { base.space }
    var count: Int { base.count }
    var attributes: [String] { base.attributes }

    func product(_ id: ProductID) -> Product? { fault == .unknown ? nil : base.product(id) }

    func embedding(of id: ProductID) -> Embedding? {
        var embedding = base.embedding(of: id)
        if fault == .partial { embedding?[.image] = nil }
        return embedding
    }

    func page(after id: ProductID?, count limit: Int) -> [ProductID] { base.page(after: id, count: limit) }

    func nearest(_ query: SearchQuery) throws -> [Neighbor] { try base.nearest(query) }

    func nearest(toAll queries: [SearchQuery]) throws -> [[Neighbor]] {
        guard fault == .joint, let first = queries.first else { return try queries.map { try nearest($0) } }
        let answer = try nearest(first)
        return queries.map { _ in answer }
    }
}

import RecCore
import RecTesting

/// An index of a host's own: a list that is searched in full.
struct ListIndex: LocalIndex {
    let space: EmbeddingSpace
    let items: [EmbeddedProduct]

    var count: Int { items.count }
    var attributes: [String] { Set(items.flatMap(\.product.attributes.keys)).sorted() }

    func product(_ id: ProductID) -> Product? { items.first { $0.product.id == id }?.product }
    func embedding(of id: ProductID) -> Embedding? { items.first { $0.product.id == id }?.embedding }

    func page(after id: ProductID?, limit: Int) -> [ProductID] {
        Array(items.map(\.product.id).sorted().filter { other in id.map { $0 < other } ?? true }.prefix(limit))
    }

    func nearest(_ query: SearchQuery) throws -> [Neighbor] {
        try query.validate(in: space, attributes: attributes)
        return Array(ReferenceIndex(space: space, products: items).matches(query).prefix(query.count))
    }
}

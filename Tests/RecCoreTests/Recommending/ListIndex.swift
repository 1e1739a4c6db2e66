import RecCore
import RecTesting

/// An index of a host's own: a list that is searched in full.
struct ListIndex: SimilarityIndex {
    let space: EmbeddingSpace
    let products: [EmbeddedProduct]

    var count: Int { products.count }
    var ids: [ProductID] { products.map(\.product.id).sorted() }

    func product(_ id: ProductID) -> Product? { products.first { $0.product.id == id }?.product }
    func embedding(of id: ProductID) -> Embedding? { products.first { $0.product.id == id }?.embedding }

    func neighbors(_ query: SearchQuery) throws -> [Neighbor] {
        try query.validate(in: space)
        return Array(ReferenceIndex(space: space, products: products).matches(query).prefix(query.count))
    }
}

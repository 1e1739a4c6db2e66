import RecCore
import RecTesting

/// A catalogue with an index of it.
struct IndexedCatalogue {
    let catalogue: RandomCatalogue
    let index: ReferenceIndex
    let embeddings: [ProductID: Embedding]

    init(count: Int = 150, dimension: Int = 12, seed: UInt64) {
        catalogue = RandomCatalogue(count: count, dimension: dimension, seed: seed)
        index = ReferenceIndex(space: catalogue.space, products: catalogue.products)
        embeddings = Dictionary(uniqueKeysWithValues: catalogue.products.map { ($0.product.id, $0.embedding) })
    }

    var recommender: Recommender<ReferenceIndex> { Recommender(index: index) }
}

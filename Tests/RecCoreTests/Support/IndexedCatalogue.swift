import RecCore
import RecIndex
import RecTesting

/// A catalogue with an index of it.
struct IndexedCatalogue {
    let catalogue: RandomCatalogue
    let index: Index
    let embeddings: [ProductID: Embedding]

    init(count: Int = 150, dimension: Int = 12, seed: UInt64) throws {
        catalogue = RandomCatalogue(count: count, dimension: dimension, seed: seed)
        var builder = IndexBuilder(space: catalogue.space)
        for item in catalogue.products { try builder.add(item.product, item.embedding) }
        index = try builder.build()
        embeddings = Dictionary(uniqueKeysWithValues: catalogue.products.map { ($0.product.id, $0.embedding) })
    }

    var recommender: Recommender<Index> { Recommender(index: index) }
}

internal import RecCore

/// The products of an index that does not change, by their positions in the order of identifiers.
struct IndexedProducts: Sendable {
    let index: any SimilarityIndex
    let ids: [ProductID]
    private let positions: [ProductID: Int]

    init(_ index: any SimilarityIndex) {
        self.index = index.unchanging
        ids = self.index.ids
        positions = Dictionary(uniqueKeysWithValues: zip(ids, ids.indices))
    }

    /// The position of a product, if the index has it.
    subscript(id: ProductID) -> Int? { positions[id] }
}

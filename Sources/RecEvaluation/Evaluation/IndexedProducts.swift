internal import RecCore

/// The products of a fixed index, by their positions in the order of identifiers.
struct IndexedProducts: Sendable {
    let index: any SimilarityIndex
    let ids: [ProductID]
    private let positions: [ProductID: Int]

    init(_ index: some SimilarityIndex) async throws {
        let index = index.snapshot
        self.index = index
        ids = try await index.allIDs()
        positions = Dictionary(uniqueKeysWithValues: zip(ids, ids.indices))
    }

    /// The position of a product, if the index has it.
    subscript(id: ProductID) -> Int? { positions[id] }

    /// The values of an attribute of each product.
    func values(of attribute: String) async throws -> [[String]] {
        try await index.map(ids, ProductContents(product: true)) { $0?.product?[attribute].values ?? [] }
    }
}

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
        var values: [[String]] = []
        values.reserveCapacity(ids.count)
        for start in stride(from: 0, to: ids.count, by: Self.batchSize) {
            try Task.checkCancellation()
            let part = Array(ids[start..<min(start + Self.batchSize, ids.count)])
            let found = try await index.products(part, ProductContents(product: true))
            values += found.map { $0?.product?[attribute].values ?? [] }
        }
        return values
    }

    /// Products that are fetched together.
    private static let batchSize = 4096
}

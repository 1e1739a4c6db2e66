import RecCore

/// An index whose answer to a query for the neighbours of a product are the products that follow it, around a ring.
///
/// It costs next to nothing, so that thousands of products can be asked in a debug build.
struct RingIndex: LocalIndex {
    let space = EmbeddingSpace(blocks: [.init(name: .image, kind: .dense(dimension: 2, recipe: ["backbone": "ring"]))])
    let ids: [ProductID]
    private let positions: [ProductID: Int]

    init(count: Int) {
        ids = (0..<count).map { ProductID("p\($0)") }.sorted()
        positions = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($0.element, $0.offset) })
    }

    var count: Int { ids.count }
    var attributes: [String] { [] }

    func product(_ id: ProductID) -> Product? { positions[id].map { _ in Product(id: id) } }

    func embedding(of id: ProductID) throws -> Embedding? {
        guard let position = positions[id] else { return nil }
        return Embedding([
            .image: .dense(try DenseVector(normalizing: [1, Float(position)], recipe: ["backbone": "ring"]))
        ])
    }

    func page(after id: ProductID?, count limit: Int) -> [ProductID] {
        let start = id.map { id in ids.firstIndex { $0 > id } ?? count } ?? 0
        return Array(ids[start...].prefix(limit))
    }

    /// The product is the one that the query leaves out.
    func nearest(_ query: SearchQuery) throws -> [Neighbor] {
        try query.validate(in: space, attributes: attributes)
        guard let position = query.excluded.compactMap({ positions[$0] }).min() else { return [] }
        return (0..<min(query.count, count - 1)).map { place in
            let cosine = 1 / Double(place + 1)
            return Neighbor(
                id: ids[(position + place + 1) % count],
                score: cosine,
                cosines: BlockCosines(names: [.image], values: [cosine])
            )
        }
    }
}

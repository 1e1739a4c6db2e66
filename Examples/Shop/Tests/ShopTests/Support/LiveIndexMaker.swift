import RecCore
import RecIndex

/// Makes live folders for tests.
enum LiveIndexMaker {
    /// An index with the first embedding of another one under some names of pictures.
    static func make(_ path: String, like index: Index, pictures: [String]) async throws -> LiveIndex {
        let live = try LiveIndex(path: path, space: index.space, notes: index.notes)
        let embedding =
            try index.page(after: nil, count: 1).first.flatMap { try index.embedding(of: $0) } ?? Embedding([:])
        let products = pictures.enumerated().map { number, picture in
            EmbeddedProduct(
                product: Product(id: ProductID("p\(number)"), attributes: ["gender": "Men"], picture: picture),
                embedding: embedding
            )
        }
        try await live.upsert(products)
        return live
    }
}

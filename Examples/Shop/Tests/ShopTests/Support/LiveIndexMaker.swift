import RecCore
import RecIndex
import Testing

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

    /// The folder of a merged index with the attributes of another one's products, and vectors around some centres.
    static func makeLarge(_ path: String, like index: Index, count: Int, graph: Bool, seed: UInt64 = 0) async throws {
        let live = try LiveIndex(path: path, space: index.space, notes: index.notes, options: .init(graph: graph))
        let ids = index.page(after: nil, count: index.count)
        let sources = try ids.compactMap { id in try index.embedding(of: id).map { (id, $0) } }
        let block = try #require(index.space.blocks.first { $0.name == .image })
        guard case .dense(let dimension, let recipe) = block.kind else {
            Issue.record("The block of pictures is not dense.")
            return
        }
        var random = Random(state: seed)
        let centres = (0..<40).map { _ in random.vector(dimension) }
        var products: [EmbeddedProduct] = []
        for number in 0..<count {
            let (id, source) = sources[number % sources.count]
            let noise = random.vector(dimension)
            let values = zip(centres[number % centres.count], noise).map { $0 + 0.7 * $1 }
            var embedding = source
            embedding[.image] = .dense(try DenseVector(normalizing: values, recipe: recipe))
            let attributes = try #require(try index.product(id)).attributes
            let product = Product(id: ProductID("p\(number)"), attributes: attributes, title: "Product \(number)")
            products.append(EmbeddedProduct(product: product, embedding: embedding))
        }
        try await live.upsert(products)
        try await live.compact()
        try await live.close()
    }

    /// Xorshift (Marsaglia 2003).
    private struct Random {
        private var state: UInt64

        init(state: UInt64) { self.state = state &+ 0x9E37_79B9_7F4A_7C15 }

        mutating func vector(_ count: Int) -> [Float] {
            (0..<count).map { _ in
                state ^= state << 13
                state ^= state >> 7
                state ^= state << 17
                return Float(state >> 40) / Float(1 << 23) - 1
            }
        }
    }
}

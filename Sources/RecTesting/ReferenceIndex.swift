public import RecCore

/// An index that computes everything the slow way in double precision, to compare others with.
///
/// It shares no code with any real index: blocks are written out as dense vectors, every product is scored, and the
/// scores are sorted.
public struct ReferenceIndex: Sendable {
    private let space: EmbeddingSpace
    private let products: [(product: Product, sides: [[Double]?])]

    /// Creates an index of some products.
    public init(space: EmbeddingSpace, products: [EmbeddedProduct]) {
        self.space = space
        self.products = products.map { ($0.product, Self.sides(of: $0.embedding, in: space)) }
    }

    /// Every product that the query matches, nearest first, ties by identifier; the query's count is not looked at.
    public func matches(_ query: SearchQuery) -> [Neighbor] {
        let querySides = Self.sides(of: query.embedding, in: space)
        return products.compactMap { product, sides -> Neighbor? in
            guard query.filter?.matches(product) ?? true, !query.excluded.contains(product.id) else { return nil }
            let cosines = Self.cosines(querySides, sides, in: space)
            guard let score = query.fusion.score(cosines), score >= query.minimumScore ?? -.infinity else { return nil }
            return Neighbor(id: product.id, score: score, cosines: cosines)
        }.sorted { $0.precedes($1) }
    }

    /// The cosines of the blocks that both embeddings have, in double precision.
    public static func cosines(_ first: Embedding, _ second: Embedding, in space: EmbeddingSpace) -> BlockCosines {
        cosines(sides(of: first, in: space), sides(of: second, in: space), in: space)
    }

    private static func cosines(_ first: [[Double]?], _ second: [[Double]?], in space: EmbeddingSpace) -> BlockCosines {
        let values = zip(first, second).map { first, second -> Double? in
            guard let first, let second else { return nil }
            var product = 0.0
            for position in first.indices { product += first[position] * second[position] }
            return product
        }
        return BlockCosines(names: space.blocks.map(\.name), values: values)
    }

    /// The blocks of an embedding written out, scaled to unit length in double precision.
    private static func sides(of embedding: Embedding, in space: EmbeddingSpace) -> [[Double]?] {
        space.blocks.map { block in
            let values: [Double]? =
                switch embedding[block.name] {
                case .dense(let vector): vector.components.map { Double($0) }
                case .oneHot(let codes): codes.dense.map { Double($0) }
                case nil: nil
                }
            return values.map { values in
                let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
                return values.map { $0 / length }
            }
        }
    }
}

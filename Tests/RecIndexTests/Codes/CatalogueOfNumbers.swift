import RecCore
import RecTesting

/// A made-up catalogue with numbers as further blocks: narrow ones of a few components beside picture and attributes.
///
/// A number is a point on a quarter circle; some products lack it, and many have the same.
struct CatalogueOfNumbers {
    let space: EmbeddingSpace
    let products: [EmbeddedProduct]
    /// Embeddings of no product: with all blocks or some, and with all that can be of the other sign.
    let queries: [Embedding]

    /// Creates a catalogue with further blocks of so many components, of so many different numbers.
    init(count: Int, dimension: Int, clusters: Int, widths: [Int], values: Int, seed: UInt64) throws {
        let plain = RandomCatalogue(count: count, dimension: dimension, clusters: clusters, seed: seed)
        var random = SeededGenerator(seed: seed &+ 100)
        let blocks = widths.enumerated().map { number, width in
            EmbeddingSpace.Block(
                name: BlockName(rawValue: "number\(number)"),
                kind: .dense(dimension: width, recipe: ["number": "\(number)"])
            )
        }
        // Narrow blocks come first, so that a position is not a matter of course.
        space = EmbeddingSpace(blocks: blocks + plain.space.blocks)
        func number(_ number: Int) throws -> Embedding.Block {
            let width = widths[number]
            let angle = Float(Int.random(in: 0..<values, using: &random)) / Float(values) * 1.5
            var components = (0..<width).map { place in width == 2 ? 0 : 2 + Float(place) * 0.1 - angle }
            if width == 2 { components = [_cos(angle), _sin(angle)] }
            return .dense(try DenseVector(normalizing: components, recipe: ["number": "\(number)"]))
        }
        products = try plain.products.map { item in
            var embedding = item.embedding
            for (place, block) in blocks.enumerated() where Int.random(in: 0..<5, using: &random) > 0 {
                embedding[block.name] = try number(place)
            }
            return EmbeddedProduct(product: item.product, embedding: embedding)
        }
        var queries: [Embedding] = []
        for query in plain.queries {
            var query = query
            for (place, block) in blocks.enumerated() where Int.random(in: 0..<4, using: &random) > 0 {
                query[block.name] = try number(place)
            }
            queries.append(query)
            var other = query
            for (name, block) in query.blocks {
                guard let vector = block.vector else { continue }
                other[name] = .dense(DenseVector(unit: vector.components.map { -$0 }, recipe: vector.recipe))
            }
            queries.append(other)
        }
        self.queries = queries
    }

    /// Queries of all kinds.
    func searches(_ count: Int, seed: UInt64) throws -> [SearchQuery] {
        var random = SeededGenerator(seed: seed)
        let names = space.blocks.map(\.name)
        let ids = products.map(\.product.id)
        return try (0..<count).map { round in
            let item = products[Int.random(in: 0..<products.count, using: &random)]
            let other = queries[Int.random(in: 0..<queries.count, using: &random)]
            var weights: [BlockName: Double] = [.image: Double.random(in: 0.1...1, using: &random)]
            for name in names where name != .image && Bool.random(using: &random) {
                weights[name] = Double.random(in: 0...0.5, using: &random)
            }
            var query = SearchQuery(
                round % 3 == 0 ? other : item.embedding,
                count: [1, 3, 10, 40][round % 4],
                weighting: Weighting(try BlockWeights(weights)),
                excluded: round % 2 == 0 ? [item.product.id] : []
            )
            if round % 5 == 1 { query.filter = .not(.has("colour", "Red")) }
            if round % 5 == 2 { query.filter = .has("share", "50%") }
            if round % 7 == 3 { query.minimumScore = Double.random(in: 0..<1, using: &random) }
            if round % 11 == 4 { query.excluded = Set(ids.prefix(ids.count / 2)) }
            if round % 6 == 5 { query.weighting.attributes["colour"] = 0 }
            return query
        }
    }
}

private func _cos(_ angle: Float) -> Float { (1 - _sin(angle) * _sin(angle)).squareRoot() }

/// A few terms are enough for angles below a right one.
private func _sin(_ angle: Float) -> Float {
    let square = angle * angle
    return angle * (1 - square / 6 * (1 - square / 20 * (1 - square / 42)))
}

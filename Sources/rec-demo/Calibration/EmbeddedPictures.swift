import RecCore
import RecIndex

/// Products with their pictures' vectors.
struct EmbeddedPictures {
    let space: EmbeddingSpace
    let products: [EmbeddedProduct]
    /// How long embedding them took, from the files on.
    let duration: Duration

    /// The time for a product; infinite for none.
    var millisecondsPerProduct: Double { duration / .milliseconds(1) / Double(products.count) }

    /// An index of them.
    func index(threads: Int) throws -> Index {
        var builder = IndexBuilder(space: space, capacity: products.count)
        for product in products { try builder.add(product.product, product.embedding) }
        return try builder.build(codes: .automatic, threads: threads)
    }

    /// The cosine between each product's vector and that of the same product among others.
    func cosines(to others: EmbeddedPictures) -> [Double] {
        func vector(_ product: EmbeddedProduct) -> [Float]? { product.embedding[.image]?.vector?.components }
        let theirs = Dictionary(others.products.map { ($0.product.id, $0) }) { first, _ in first }
        return products.compactMap { product in
            guard let mine = vector(product), let other = theirs[product.product.id].flatMap(vector),
                mine.count == other.count
            else { return nil }
            return zip(mine, other).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
    }
}

extension [Double] {
    /// The mean; NaN for none.
    var mean: Double { reduce(0, +) / Double(count) }
}

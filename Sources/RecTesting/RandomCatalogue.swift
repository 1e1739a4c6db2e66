package import RecCore

/// A made-up catalogue with everything that makes life hard for an index.
///
/// Some products lack the image block and some the metadata block, some are exact copies of others, some attributes are
/// missing and some have several values. The attribute `share` has the values `0.1%`, `1%`, `10%`, `50%` and `100%` on
/// about so many of the products, and `price` is a number, for filters.
package struct RandomCatalogue: Sendable {
    /// The space of the embeddings: an image block and a metadata block.
    package let space: EmbeddingSpace

    /// The products with their embeddings, in random order.
    package let products: [EmbeddedProduct]

    /// Embeddings that belong to none of the products: with both blocks, with one of them, and with a mixture of products.
    package let queries: [Embedding]

    /// Creates a catalogue.
    ///
    /// - Parameters:
    ///   - count: The number of products.
    ///   - dimension: The number of components of the image block.
    ///   - clusters: How many points the images lie around, as those of real products do; 0 for images all over the place.
    ///   - seed: The same seed gives the same catalogue.
    package init(count: Int, dimension: Int = 24, clusters: Int = 0, seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let colours = ["Black", "Blue", "Green", "Navy Blue", "Red", "White"]
        let attributes = AttributeSpace(attributes: [
            .init(name: "colour", categories: colours.map { .value($0) }, weight: 2),
            .init(name: "season", categories: ["Fall", "Summer"].map { .value($0) }),
            .init(name: "tags", categories: ["a", "b", "c", "d"].map { .value($0) }, weight: 0.5),
        ])
        let recipe: Recipe = ["backbone": "random", "seed": "\(seed)"]
        space = EmbeddingSpace(blocks: [
            .init(name: .image, kind: .dense(dimension: dimension, recipe: recipe)),
            .init(name: .metadata, kind: .oneHot(attributes)),
        ])
        let centers = (0..<clusters).map { _ in (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) } }
        let maker = Maker(attributes: attributes, recipe: recipe, dimension: dimension, centers: centers)
        var made: [EmbeddedProduct] = []
        for number in 0..<count {
            var values = maker.attributes(&random)
            var embedding = maker.embedding(of: values, &random, hasImage: number % 7 != 3)
            if number % 5 == 4, let twin = made.randomElement(using: &random) {
                embedding = twin.embedding
                values = twin.product.attributes
            }
            let shares = [("0.1%", 0.001), ("1%", 0.01), ("10%", 0.1), ("50%", 0.5), ("100%", 1)]
            values["share"] = AttributeValues(
                shares.filter { Double.random(in: 0..<1, using: &random) < $0.1 }.map(\.0)
            )
            values["price"] = number % 9 == 1 ? ["on request"] : ["\(8 + number * 7 % 12).50"]
            made.append(
                EmbeddedProduct(
                    product: Product(
                        id: ProductID("p\(number)"),
                        attributes: values,
                        title: number % 3 == 0 ? nil : "Título \(number)",
                        pictures: (0..<[1, 1, 1, 0, 1, 2, 3][number % 7]).map {
                            "images/\(number)\($0 == 0 ? "" : "-\($0)").jpg"
                        }
                    ),
                    embedding: embedding
                )
            )
        }
        products = made.shuffled(using: &random)
        var queries: [Embedding] = []
        for _ in 0..<4 {
            let both = maker.embedding(of: ["colour": "Red", "tags": ["a", "c"]], &random, hasImage: true)
            queries.append(both)
            for name in both.blocks.keys.sorted() {
                queries.append(Embedding([name: both.blocks[name]].compactMapValues { $0 }))
            }
        }
        let codes = products.compactMap { item -> AttributeCodes? in
            item.embedding[.metadata]?.codes
        }
        let terms = zip(codes, [1, 0.5, -0.7, 2]).map { AttributeMixture.Term(codes: $0, weight: $1) }
        if let mixture = try? AttributeMixture(terms), var embedding = queries.first {
            embedding[.metadata] = .mixture(mixture)
            queries.append(embedding)
            queries.append(Embedding([.metadata: .mixture(mixture)]))
        }
        self.queries = queries
    }
}

/// Makes random parts of products.
private struct Maker {
    let attributes: AttributeSpace
    let recipe: Recipe
    let dimension: Int
    let centers: [[Float]]

    func attributes(_ random: inout SeededGenerator) -> [String: AttributeValues] {
        var values: [String: AttributeValues] = [:]
        for attribute in attributes.attributes where Int.random(in: 0..<4, using: &random) > 0 {
            let all = attribute.categories.compactMap { category in
                if case .value(let value) = category { value } else { nil }
            }
            let count = attribute.name == "tags" ? Int.random(in: 1...3, using: &random) : 1
            values[attribute.name] = AttributeValues(all.shuffled(using: &random).prefix(count))
        }
        return values
    }

    func embedding(
        of values: [String: AttributeValues],
        _ random: inout SeededGenerator,
        hasImage: Bool
    ) -> Embedding {
        var embedding = Embedding([:])
        var components = (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) }
        if let center = centers.randomElement(using: &random) {
            components = zip(components, center).map { 0.4 * $0 + $1 }
        }
        if let codes = codes(of: values) { embedding[.metadata] = .oneHot(codes) }
        if hasImage || embedding.blocks.isEmpty {
            embedding[.image] = (try? DenseVector(normalizing: components, recipe: recipe)).map { .dense($0) }
        }
        return embedding
    }

    private func codes(of values: [String: AttributeValues]) -> AttributeCodes? {
        var columns: [UInt32] = []
        var offset: UInt32 = 0
        for attribute in attributes.attributes {
            for (position, category) in attribute.categories.enumerated() {
                if case .value(let value) = category, values[attribute.name]?.values.contains(value) == true {
                    columns.append(offset + UInt32(position))
                }
            }
            offset += UInt32(attribute.categories.count)
        }
        return try? AttributeCodes(columns: columns, space: attributes)
    }
}

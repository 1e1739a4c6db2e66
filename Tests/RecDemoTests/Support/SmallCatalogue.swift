import RecCore
import RecTesting

/// Four products whose cosines are short binary fractions, so that answers can be written down by hand.
///
///     image      a b: 1/2    a d: 0      b d: 1/2    c has none
///     metadata   a b: 3/4    a c: 3/4    a d: 0      b c: 1/2    b d: 1/4    c d: 1/4
enum SmallCatalogue {
    static let recipe: Recipe = ["backbone": "none"]

    static let attributes = AttributeSpace(attributes: [
        .init(name: "gender", categories: [.value("Men"), .value("Women")]),
        .init(name: "season", categories: [.value("Fall"), .value("Summer")]),
        .init(name: "colour", categories: [.value("Blue"), .value("Red")]),
        .init(name: "usage", categories: [.value("Casual"), .value("Formal")]),
    ])

    static let space = EmbeddingSpace(blocks: [
        .init(name: .image, kind: .dense(dimension: 4, recipe: recipe)),
        .init(name: .metadata, kind: .oneHot(attributes)),
    ])

    /// The columns of gender, season, colour and usage.
    private static let products: [(id: ProductID, title: String, kind: String, image: [Float]?, columns: [UInt32])] = [
        ("a", "Blue \"Oxford\" shirt", "Shirt", [1, 0, 0, 0], [0, 3, 4, 6]),
        ("b", "Line\nbreak\u{1B}[31m", "Shirt", [0.5, 0.5, 0.5, 0.5], [0, 3, 4, 7]),
        ("c", "", "Shoe", nil, [1, 3, 4, 6]),
        ("d", "Café 👟", "Shoe", [0, 1, 0, 0], [1, 2, 5, 7]),
    ]

    static func index() throws -> ReferenceIndex {
        let items = try products.map { product in
            var blocks: [BlockName: Embedding.Block] = [
                .metadata: .oneHot(try AttributeCodes(columns: product.columns, space: attributes))
            ]
            if let image = product.image { blocks[.image] = .dense(DenseVector(unit: image, recipe: recipe)) }
            return EmbeddedProduct(
                product: Product(
                    id: product.id,
                    attributes: ["kind": AttributeValues([product.kind])],
                    title: product.title
                ),
                embedding: Embedding(blocks)
            )
        }
        return ReferenceIndex(space: space, products: items)
    }

    /// Picture and attributes count the same.
    static func halves() throws -> Weighting { Weighting(try BlockWeights(image: 0.5)) }
}

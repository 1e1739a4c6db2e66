import RecCore
import RecTesting

/// A shop that sells each of four types in three colours by three brands, and a red shoe of no brand.
struct ArticleShop: MetadataEncoder {
    static let types = ["Shoe", "Bag", "Tee", "Cap"]
    static let colours = ["Red", "Blue", "Green"]
    static let brands = ["A", "B", "C"]

    let space = AttributeSpace(attributes: [
        .init(name: "type", categories: types.map { .value($0) }),
        .init(name: "colour", categories: colours.map { .value($0) }),
        .init(name: "brand", categories: brands.map { .value($0) }),
    ])

    func encode(_ product: Product) throws -> AttributeCodes? {
        let columns = space.attributes.indices.compactMap { number -> UInt32? in
            let value = product[space.attributes[number].name].first.map { AttributeSpace.Category.value($0) }
            let column = value.flatMap { space.attributes[number].categories.firstIndex(of: $0) }
            return column.map { UInt32(space.offsets[number] + $0) }
        }
        return columns.isEmpty ? nil : try AttributeCodes(columns: columns, space: space)
    }

    /// The identifiers say what a product is, as `Shoe-Red-A`; the price is 10 for a tee, and 30 for anything else.
    var recommender: Recommender<ReferenceIndex> {
        get throws {
            let metadata = EmbeddingSpace.Block(name: .metadata, kind: .oneHot(space))
            var items: [EmbeddedProduct] = []
            func add(_ id: ProductID, _ attributes: [String: AttributeValues]) throws {
                let product = Product(id: id, attributes: attributes)
                let embedding = Embedding([.metadata: try encode(product).map { .oneHot($0) }].compactMapValues { $0 })
                items.append(EmbeddedProduct(product: product, embedding: embedding))
            }
            for type in Self.types {
                for colour in Self.colours {
                    for brand in Self.brands {
                        try add(
                            ProductID("\(type)-\(colour)-\(brand)"),
                            [
                                "type": AttributeValues([type]), "colour": AttributeValues([colour]),
                                "brand": AttributeValues([brand]), "price": type == "Tee" ? "10" : "30",
                            ]
                        )
                    }
                }
            }
            try add("Shoe-Red", ["type": "Shoe", "colour": "Red"])
            let index = ReferenceIndex(space: EmbeddingSpace(blocks: [metadata]), products: items)
            return Recommender(index: index)
        }
    }
}

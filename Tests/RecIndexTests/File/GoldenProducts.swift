import RecCore
import RecIndex

/// The products that the scripts in `Scripts/goldens` write.
enum GoldenProducts {
    static let attributes = AttributeSpace(attributes: [
        .init(name: "gender", categories: [.value("Men"), .value("Women"), .missing], weight: 2),
        .init(
            name: "tags",
            categories: [.value("x"), .value("y"), .infrequent],
            weight: 0.5,
            infrequentMembers: [.value("rare"), .value("rarer")]
        ),
    ])
    static let notes = ["weights": "golden.pth", "made by": "a script"]
    static let recipe: Recipe = ["backbone": "golden", "weights": "00ff"]
    static let space = EmbeddingSpace(blocks: [
        .init(name: .image, kind: .dense(dimension: 3, recipe: recipe)),
        .init(name: .metadata, kind: .oneHot(attributes)),
    ])

    static func all() throws -> [EmbeddedProduct] {
        func embedding(_ image: [Float]?, _ columns: [UInt32]?) throws -> Embedding {
            var embedding = Embedding([:])
            embedding[.image] = image.map { .dense(DenseVector(unit: $0, recipe: Self.recipe)) }
            embedding[.metadata] = try columns.map { .oneHot(try AttributeCodes(columns: $0, space: Self.attributes)) }
            return embedding
        }
        return [
            EmbeddedProduct(
                product: Product(id: "é", attributes: ["gender": "Women"], title: "Robe d'été"),
                embedding: try embedding(nil, [1])
            ),
            EmbeddedProduct(
                product: Product(id: "b", attributes: ["tags": "rare"], picture: "b.jpg"),
                embedding: try embedding([0, -1, 0], nil)
            ),
            EmbeddedProduct(
                product: Product(
                    id: "a",
                    attributes: ["gender": "Men", "tags": ["y", "x"]],
                    title: "Shirt",
                    picture: "a.jpg"
                ),
                embedding: try embedding([1, 0, 0], [0, 3, 4])
            ),
            EmbeddedProduct(
                product: Product(
                    id: "c",
                    attributes: ["gender": "Men", "tags": ["x", "y"]],
                    title: "",
                    picture: "c.jpg"
                ),
                embedding: try embedding([0, 0.6, 0.8], [0, 3, 4])
            ),
        ]
    }
}

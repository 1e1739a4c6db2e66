import Foundation
import RecCore
import RecIndex
import Testing

/// `Scripts/goldens/index_file.py` wrote the files from their description alone.
@Suite struct `Index file of each version` {
    static func path(version: Int) throws -> String {
        let name = "Fixtures/Persistence/version-\(version)"
        return try #require(Bundle.module.url(forResource: name, withExtension: "index")?.path)
    }

    @Test(arguments: [1, 2])
    func `it is read as its description says`(version: Int) throws {
        let index = try ExactIndex(path: Self.path(version: version), expecting: Self.space.blocks)
        #expect(index.space == Self.space)
        #expect(index.notes == Self.notes)
        #expect(index.ids == ["a", "b", "c", "é"])
        for item in try products() {
            #expect(index.product(item.product.id) == item.product)
            #expect(try index.embedding(of: item.product.id) == item.embedding)
        }
    }

    @Test func `the same products are written with the same bytes as the newest version's`() throws {
        try withTemporaryFolder { folder in
            try makeIndex(Self.space, products(), notes: Self.notes).write(to: folder + "/index")
            #expect(try bytes(of: folder + "/index") == bytes(of: Self.path(version: 2)))
        }
    }

    private static let attributes = AttributeSpace(attributes: [
        .init(name: "gender", categories: [.value("Men"), .value("Women"), .missing], weight: 2),
        .init(
            name: "tags",
            categories: [.value("x"), .value("y"), .infrequent],
            weight: 0.5,
            infrequentMembers: [.value("rare"), .value("rarer")]
        ),
    ])
    private static let notes = ["weights": "golden.pth", "made by": "a script"]
    private static let recipe: Recipe = ["backbone": "golden", "weights": "00ff"]
    private static let space = EmbeddingSpace(blocks: [
        .init(name: .image, kind: .dense(dimension: 3, recipe: recipe)),
        .init(name: .metadata, kind: .oneHot(attributes)),
    ])

    private func products() throws -> [EmbeddedProduct] {
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

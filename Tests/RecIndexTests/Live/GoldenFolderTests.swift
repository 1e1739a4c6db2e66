import Foundation
import RecCore
import RecIndex
import Testing

/// `Scripts/goldens/live_folder.py` wrote the folder from its description alone.
@Suite struct `Live index of version 1` {
    let path: String

    init() throws {
        path = try #require(
            Bundle.module.url(forResource: "Fixtures/Live/version-1", withExtension: nil)?.path
        )
    }

    @Test func `it is read as its description says`() throws {
        let index = try LiveIndexReader(path: path, expecting: GoldenProducts.space.blocks)
        #expect(problems(index.snapshot, try expected()).isEmpty)
        #expect(index.snapshot.version == 3)
    }

    @Test func `the same calls write the same bytes`() throws {
        try withTemporaryFolder { folder in
            let live = folder + "/live"
            let index = try LiveIndex(path: live, space: GoldenProducts.space)
            try index.upsert(GoldenProducts.all())
            try index.compact()
            try index.apply(try changes())
            let last = try #require(try expected()["d"])
            try index.upsert(last.product, last.embedding)
            for name in ["manifest", "commit", "log-2"] {
                #expect(try bytes(of: live + "/" + name) == bytes(of: path + "/" + name), "\(name)")
            }
            #expect(problems(index.snapshot, try expected()).isEmpty)
        }
    }

    private func changes() throws -> [LiveIndex.Change] {
        let image = DenseVector(unit: [0, 0.6, 0.8], recipe: GoldenProducts.recipe)
        let codes = try AttributeCodes(columns: [1, 3, 4], space: GoldenProducts.attributes)
        let blouse = Product(id: "b", attributes: ["gender": "Women", "tags": ["x", "y"]], title: "Blouse")
        let embedding = Embedding([.image: .dense(image), .metadata: .oneHot(codes)])
        return [.upsert(EmbeddedProduct(product: blouse, embedding: embedding)), .remove("c")]
    }

    private func expected() throws -> [ProductID: EmbeddedProduct] {
        var products = Dictionary(uniqueKeysWithValues: try GoldenProducts.all().map { ($0.product.id, $0) })
        for change in try changes() {
            switch change {
            case .upsert(let item): products[item.product.id] = item
            case .remove(let id): products[id] = nil
            }
        }
        let codes = try AttributeCodes(columns: [2], space: GoldenProducts.attributes)
        products["d"] = EmbeddedProduct(
            product: Product(id: "d", picture: "d.jpg"),
            embedding: Embedding([.metadata: .oneHot(codes)])
        )
        return products
    }
}

import Foundation
import RecCore
import RecIndex
import Testing

/// `Scripts/goldens/index_file.py` wrote the file from its description alone.
@Suite struct `Index file of version 1` {
    let path: String

    init() throws {
        path = try #require(
            Bundle.module.url(forResource: "Fixtures/Persistence/version-1", withExtension: "index")?.path
        )
    }

    @Test func `it is read as its description says`() throws {
        let index = try ExactIndex(path: path, expecting: GoldenProducts.space.blocks)
        #expect(index.space == GoldenProducts.space)
        #expect(index.notes == GoldenProducts.notes)
        #expect(index.ids == ["a", "b", "c", "é"])
        for item in try GoldenProducts.all() {
            #expect(index.product(item.product.id) == item.product)
            #expect(index.embedding(of: item.product.id) == item.embedding)
        }
    }

    @Test func `the same products are written with the same bytes`() throws {
        try withTemporaryFolder { folder in
            try makeIndex(GoldenProducts.space, GoldenProducts.all(), notes: GoldenProducts.notes).write(
                to: folder + "/index"
            )
            #expect(try bytes(of: folder + "/index") == bytes(of: path))
        }
    }
}

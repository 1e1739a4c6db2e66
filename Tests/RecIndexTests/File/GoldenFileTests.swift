import Foundation
import RecCore
import RecIndex
import RecTesting
import Testing

/// `Scripts/goldens/index_file.py` wrote the files from their description alone.
@Suite struct `Index file of each version` {
    static func path(version: Int) throws -> String {
        let name = "Fixtures/Persistence/version-\(version)"
        return try #require(Bundle.module.url(forResource: name, withExtension: "index")?.path)
    }

    @Test(arguments: [1, 2])
    func `it is read as its description says`(version: Int) throws {
        let index = try Index.open(
            path: Self.path(version: version),
            expecting: GoldenProducts.space.blocks,
            checking: .whole
        )
        #expect(index.space == GoldenProducts.space)
        #expect(index.notes == GoldenProducts.notes)
        #expect(index.ids == ["a", "b", "c", "é"])
        for item in try GoldenProducts.all() {
            #expect(index.product(item.product.id) == item.product)
            #expect(try index.embedding(of: item.product.id) == item.embedding)
        }
    }

    @Test func `the same products are written with the same bytes as the newest version's`() throws {
        try withTemporaryFolder { folder in
            try makeIndex(GoldenProducts.space, GoldenProducts.all(), notes: GoldenProducts.notes).write(
                to: folder + "/index"
            )
            #expect(try bytes(of: folder + "/index") == bytes(of: Self.path(version: 2)))
        }
    }
}

import Foundation
import RecCore
import RecIndex
import RecTesting
import Testing

/// Files with codes as this version writes them, which later versions must keep reading.
///
/// `Scripts/goldens/codes_reader.py` checks what is in them by the description of the format alone.
@Suite struct `Index file with codes` {
    /// A golden file and the catalogue that it was made of.
    struct Golden: CustomTestStringConvertible {
        let name: String
        let count: Int
        let dimension: Int
        let clusters: Int
        let attributes: [String]
        var testDescription: String { name }
    }

    /// One whose products span fewer directions than a chunk has, and one with directions in the middle.
    static let goldens = [
        Golden(
            name: "version-2-codes",
            count: 40,
            dimension: 70,
            clusters: 3,
            attributes: ["colour", "season", "share", "tags"]
        ),
        Golden(
            name: "version-2-codes-middle",
            count: 200,
            dimension: 96,
            clusters: 20,
            attributes: ["colour", "price", "season", "share", "tags"]
        ),
    ]
    /// The folder to write the files to anew, when the format has changed on purpose.
    static let target = ProcessInfo.processInfo.environment["REC_WRITE_GOLDEN_CODES"]

    @Test(arguments: goldens)
    func `it is read, and its codes lead to the answers of its vectors`(golden: Golden) throws {
        let path = try #require(
            Bundle.module.url(forResource: "Fixtures/Persistence/\(golden.name)", withExtension: "index")?.path
        )
        let index = try Index.open(path: path, checking: .whole)
        let exact = try index.with(codes: .never)
        #expect(index.count == golden.count)
        #expect(index.ids.first == "p0")
        #expect(index.attributes == golden.attributes)
        for id in index.ids {
            let embedding = try #require(try index.embedding(of: id))
            let query = SearchQuery(embedding, count: 4, excluded: [id])
            #expect(try index.neighbors(query) == exact.neighbors(query))
        }
        #expect(index.product("p1")?.title == "Título 1")
    }

    @Test(.enabled(if: target != nil), arguments: goldens)
    func `write it anew`(golden: Golden) throws {
        let catalogue = RandomCatalogue(
            count: golden.count,
            dimension: golden.dimension,
            clusters: golden.clusters,
            seed: 21
        )
        let index = try makeIndex(catalogue.space, catalogue.products).with(codes: .always)
        let path = "\(try #require(Self.target))/\(golden.name).index"
        try index.write(to: path)
        #expect(try Index.open(path: path).count == golden.count)
    }
}

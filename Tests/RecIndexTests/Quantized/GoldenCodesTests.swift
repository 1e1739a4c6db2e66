import Foundation
import RecCore
import RecIndex
import RecTesting
import Testing

/// A file with codes as this version writes it, which later versions must keep reading.
///
/// `Scripts/goldens/codes_reader.py` checks what is in it by the description of the format alone.
@Suite struct `Index file with codes` {
    static let name = "Fixtures/Persistence/version-2-codes"
    /// Where to write the file anew, when the format has changed on purpose.
    static let target = ProcessInfo.processInfo.environment["REC_WRITE_GOLDEN_CODES"]

    @Test func `it is read, and its codes lead to the answers of its vectors`() throws {
        let path = try #require(Bundle.module.url(forResource: Self.name, withExtension: "index")?.path)
        let index = try QuantizedIndex(path: path, checking: .whole)
        let exact = try ExactIndex(path: path)
        #expect(index.count == 40)
        #expect(index.ids.first == "p0")
        #expect(index.attributes == ["colour", "season", "share", "tags"])
        for id in index.ids {
            let embedding = try #require(try index.embedding(of: id))
            let query = SearchQuery(embedding, count: 4, excluded: [id])
            #expect(try index.neighbors(query) == exact.neighbors(query))
        }
        #expect(index.product("p1")?.title == "Título 1")
    }

    @Test(.enabled(if: target != nil)) func `write it anew`() throws {
        let catalogue = RandomCatalogue(count: 40, dimension: 70, clusters: 3, seed: 21)
        let index = try QuantizedIndex(makeIndex(catalogue.space, catalogue.products))
        let target = try #require(Self.target)
        try index.write(to: target)
        #expect(try QuantizedIndex(path: target).count == 40)
    }
}

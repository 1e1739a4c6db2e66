import RecCore
import Testing
import rec_demo

@Suite struct `The table of an answer` {
    @Test func `a line a product: rank, score, cosines, identifier, title`() async throws {
        let index = try SmallCatalogue.index()
        let answer = try await Recommender(index: index, weighting: SmallCatalogue.halves()).similar(to: "a")
        let rows = answer.map { NeighborTable.Row(id: $0.id, score: $0.score, cosines: $0.cosines) }
        #expect(
            try await NeighborTable(rows, index: index).lines() == [
                "rank  score  image  attr.  id  product",
                "   1  0.750      –  0.750  c   ",
                #"   2  0.625  0.500  0.750  b   Line\nbreak\u{1B}[31m"#,
                "   3  0.000  0.000  0.000  d   Café 👟",
            ]
        )
    }

    @Test func `further pages go on counting, notes have a line of their own`() async throws {
        let cosines = BlockCosines(names: [.image, .metadata], values: [-0.25, nil])
        let rows = [
            NeighborTable.Row(id: "a", score: -0.25, cosines: cosines, note: "mostly\nfor \u{7}b"),
            NeighborTable.Row(id: "not there", score: 1, cosines: cosines),
        ]
        #expect(
            try await NeighborTable(rows, index: SmallCatalogue.index(), before: 9999).lines() == [
                "rank  score  image  attr.  id         product",
                "10000  -0.250  -0.250      –  a          Blue \"Oxford\" shirt",
                #"      mostly\nfor \u{07}b"#,
                "10001  1.000  -0.250      –  not there  ",
            ]
        )
    }

    @Test func `an empty answer has no table`() async throws {
        #expect(try await NeighborTable([], index: SmallCatalogue.index()).lines().isEmpty)
    }
}

import ArgumentParser
import RecCore
import RecTesting
import Testing
import rec_demo

@Suite struct `Options of a recommendation` {
    static let examples: [(String, Example)] = [
        ("15970", .product("15970", weight: 1)),
        ("15970=2", .product("15970", weight: 2)),
        ("15970=0.5", .product("15970", weight: 0.5)),
        ("a=b=3", .product("a=b", weight: 3)),
        ("a=b", .product("a=b", weight: 1)),
        ("a=", .product("a=", weight: 1)),
        ("=2", .product("=2", weight: 1)),
        ("Ä 🙂=1e2", .product("Ä 🙂", weight: 100)),
    ]

    @Test(arguments: examples)
    func `a number after the last sign is the weight of an example`(text: String, example: Example) {
        #expect(ExampleOption(argument: text)?.example == example)
    }

    @Test(arguments: [
        (["a"], "a=2", Example.product("a", weight: 2)), (["a=2"], "a=2", .product("a=2", weight: 1)),
        (["a=2"], "a=2=3", .product("a=2", weight: 3)), ([], "a=2", .product("a", weight: 2)),
        (["a", "a=2"], "a", .product("a", weight: 1)), (["a", "a=2"], "a=2=1", .product("a=2", weight: 1)),
        (["a", "a=2"], "a=+2", .product("a", weight: 2)),
    ])
    func `an identifier may end like a weight`(ids: [ProductID], text: String, example: Example) async throws {
        let option = try #require(ExampleOption(argument: text))
        #expect(try await option.example(in: Self.index(of: ids)) == example)
    }

    @Test func `a text that names a product either way is refused`() async throws {
        let option = try #require(ExampleOption(argument: "a=2"))
        let error = await #expect(throws: RecError.self) { try await option.example(in: Self.index(of: ["a", "a=2"])) }
        #expect(error?.code == .invalidQuery)
        #expect(error?.message.contains("'a=2=1'") == true && error?.message.contains("'a=+2'") == true)
    }

    /// An index of products that have nothing but an identifier and one vector.
    private static func index(of ids: [ProductID]) -> ReferenceIndex {
        let space = EmbeddingSpace(blocks: [.init(name: .image, kind: .dense(dimension: 1, recipe: [:]))])
        let items = ids.map { id in
            EmbeddedProduct(
                product: Product(id: id),
                embedding: Embedding([.image: .dense(DenseVector(unit: [1], recipe: [:]))])
            )
        }
        return ReferenceIndex(space: space, products: items)
    }

    @Test func `nothing is no example`() {
        #expect(ExampleOption(argument: "") == nil)
    }

    @Test func `a command line is a query`() throws {
        let query = try RecommendCommand.parse([
            "--index", "x", "--like", "1=2", "--like", "2", "--dislike", "3=0.5", "--strategy", "best", "--count", "7",
            "--diversity", "0.3", "--pool", "90", "--group-by", "brand", "--group-by", "model", "--per-group", "2",
            "--offset", "14", "--exclude", "4", "--exclude", "5", "--pin", "7", "--pin", "6", "--minimum-score=-0.25",
            "--where", "gender=Women",
        ]).query
        #expect(query.likes == [.product("1", weight: 2), .product("2", weight: 1)])
        #expect(query.dislikes == [.product("3", weight: 0.5)])
        #expect(query.strategy == .best)
        #expect(query.count == 7)
        #expect(query.diversity == 0.3)
        #expect(query.poolCount == 90)
        #expect(
            query.groupLimits == [GroupLimit(attribute: "brand", count: 2), GroupLimit(attribute: "model", count: 2)]
        )
        #expect(query.offset == 14)
        #expect(query.excluded == ["4", "5"])
        #expect(query.pinned == ["7", "6"])
        #expect(query.minimumSimilarity == -0.25)
        #expect(query.filter == .all([.has("gender", "Women")]))
    }

    @Test func `what is not said stays as the library has it`() throws {
        let query = try RecommendCommand.parse(["--index", "x", "--dislike", "3"]).query
        let plain = RecommendationQuery(dislikes: ["3"])
        #expect(query.likes.isEmpty && query.dislikes == ["3"])
        #expect(query.strategy == .mean)
        #expect(query.count == 10)
        #expect(query.diversity == 0)
        #expect(query.poolCount == plain.poolCount)
        #expect(query.groupLimits.isEmpty && query.excluded.isEmpty && query.pinned.isEmpty)
        #expect(query.offset == 0)
        #expect(query.minimumSimilarity == nil)
        #expect(query.filter == nil)
    }
}

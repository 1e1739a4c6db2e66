import Foundation
import RecCore
import RecIndex
import Testing

@Suite struct `Rankings` {
    /// Compares a ranking with the library's.
    private func expect(_ answer: Answer, equals found: [Neighbor], after offset: Int = 0) throws {
        let ranking: RankingAnswer = try answer.decoded()
        #expect(ranking.results.map(\.id) == found.map(\.id.rawValue))
        #expect(ranking.results.map(\.rank) == found.indices.map { offset + $0 + 1 })
        for (line, neighbor) in zip(ranking.results, found) {
            #expect(line.score == neighbor.score)
            #expect(line.image == neighbor.cosines[.image])
            #expect(line.metadata == neighbor.cosines[.metadata])
            #expect(line.title?.isEmpty == false)
        }
    }

    @Test func `similar products are those of the library, page by page, by any weight and filter`() async throws {
        try await TestShop.reading { (shop) async throws in
            let recommender = Recommender(index: try shop.library())
            let whole = try await shop.send(.get, "/products/10001/similar?count=20")
            try expect(whole, equals: await recommender.similar(to: "10001", count: 20))
            let page = try await shop.send(.get, "/products/10001/similar?count=5&offset=7")
            try expect(page, equals: await recommender.similar(to: "10001", count: 5, offset: 7), after: 7)
            let filtered = try await shop.send(
                .get,
                "/products/10001/similar?imageWeight=0.25&gender=Women&gender=Unisex"
            )
            let expected = try await recommender.similar(
                to: "10001",
                weighting: Weighting(BlockWeights(image: 0.25)),
                filter: .has("gender", anyOf: ["Women", "Unisex"])
            )
            try expect(filtered, equals: expected)
            #expect(expected.count == 10)
        }
    }

    @Test func `reasons add up to the score, and the order is the same`() async throws {
        try await TestShop.reading { (shop) async throws in
            let plain: RankingAnswer = try await shop.send(.get, "/products/10001/similar").decoded()
            let explained: RankingAnswer = try await shop.send(.get, "/products/10001/similar?explain=true").decoded()
            #expect(plain.results.map(\.id) == explained.results.map(\.id))
            for line in explained.results {
                let sum = try #require(line.parts).values.reduce(0, +)
                #expect(abs(sum - line.score) < 1e-9)
                #expect(line.because == "10001")
            }
            #expect(plain.results.allSatisfy { $0.parts == nil })
        }
    }

    @Test func `recommendations are those of the library`() async throws {
        let body = """
            {"likes": [{"id": "10001", "weight": 2}, "10003", "gone"], "dislikes": ["10010"], "seen": ["10174"],
             "count": 8, "offset": 2, "diversity": 0.3, "imageWeight": 0.6, "where": {"gender": ["Men", "Women"]},
             "explain": true}
            """
        try await TestShop.reading { (shop) async throws in
            var query = RecommendationQuery(likes: [.product("10001", weight: 2), .product("10003")], count: 8)
            query.dislikes = [.product("10010")]
            query.excluded = ["10174"]
            query.offset = 2
            query.diversity = 0.3
            query.weighting = Weighting(try BlockWeights(image: 0.6))
            query.filter = .has("gender", anyOf: ["Men", "Women"])
            query.explains = true
            let expected = try await Recommender(index: try shop.library()).recommend(query)
            let answer = try await shop.send(.post, "/recommend", body: Array(body.utf8))
            let ranking: RankingAnswer = try answer.decoded()
            #expect(ranking.results.map(\.id) == expected.map(\.id.rawValue))
            #expect(ranking.results.map(\.rank) == Array(3...10))
            #expect(ranking.results.map(\.because) == expected.map { $0.because?.rawValue })
            for (line, item) in zip(ranking.results, expected) {
                #expect(abs(try #require(line.parts).values.reduce(0, +) - item.score) < 1e-9)
            }
        }
    }

    @Test(arguments: [
        ("{", "invalid-json"), ("[]", "invalid-query"), ("", "invalid-json"), ("{\"likes\": []}", "invalid-query"),
        ("{\"likes\": [\"10001\"], \"count\": -1}", "invalid-query"),
        ("{\"likes\": [\"10001\"], \"count\": 1e9}", "invalid-query"),
        ("{\"likes\": [{\"id\": \"10001\", \"weight\": -1}]}", "invalid-query"),
        ("{\"likes\": [\"10001\"], \"diversity\": 2}", "invalid-query"),
        ("{\"likes\": [\"10001\"], \"where\": {\"nothing\": [\"x\"]}}", "unknown-attribute"),
        ("{\"likes\": [\"10001\"], \"where\": {\"gender\": []}}", "invalid-query"),
        ("{\"likes\": [\"10001\"], \"where\": 5}", "invalid-query"),
        (String(repeating: "[", count: 100_000), "invalid-json"),
    ])
    func `wrong bodies are refused`(body: String, code: String) async throws {
        try await TestShop.reading { (shop) async throws in
            let answer = try await shop.send(.post, "/recommend", body: Array(body.utf8))
            #expect(answer.status == 400)
            #expect(answer.code == code)
        }
    }

    @Test func `a body that is too long is refused`() async throws {
        try await TestShop.reading { (shop) async throws in
            let body = Array("{\"likes\": [\"\(String(repeating: "x", count: 1_000_000))\"]}".utf8)
            let answer = try await shop.send(.post, "/recommend", body: body)
            #expect(answer.status == 413)
            #expect(answer.code == "body-too-large")
        }
    }

    @Test(arguments: [
        ("nope", "", 404), ("..%2F..%2Fetc%2Fpasswd", "", 404), ("%00", "", 404), ("%FF", "", 400), ("%", "", 400),
        ("10001", "?imageWeight=2", 400), ("10001", "?imageWeight=nan", 400), ("10001", "?imageWeight=-0.1", 400),
        ("10001", "?explain=maybe", 400), ("10001", "?count=1000&offset=9001", 400),
    ])
    func `unknown products and wrong numbers are refused`(id: String, query: String, status: Int) async throws {
        try await TestShop.reading { (shop) async throws in
            let answer = try await shop.send(.get, "/products/\(id)/similar\(query)")
            #expect(answer.status == status)
            #expect(answer.code != nil)
        }
    }
}

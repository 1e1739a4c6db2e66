import RecCore
import Testing
import rec_demo

/// The lines of `--json`, with the names and the order of fields that hosts rely on.
@Suite struct `Lines of answers` {
    @Test func `similar`() throws {
        let recommender = Recommender(index: try SmallCatalogue.index(), weighting: try SmallCatalogue.halves())
        let lines = try recommender.similar(to: "a").ranked().map { try JSONValue(encoding: $0).text }
        #expect(
            lines == [
                #"{"rank":1,"id":"c","score":0.75,"image":null,"metadata":0.75}"#,
                #"{"rank":2,"id":"b","score":0.625,"image":0.5,"metadata":0.75}"#,
                #"{"rank":3,"id":"d","score":0.0,"image":0.0,"metadata":0.0}"#,
            ]
        )
    }

    @Test func `an identifier is data`() throws {
        let cosines = BlockCosines(names: [.metadata], values: [.nan])
        let neighbor = Neighbor(id: "\"1\"\n", score: 0.5, cosines: cosines)
        let line = try JSONValue(encoding: [neighbor].ranked()[0]).text
        #expect(line == #"{"rank":1,"id":"\"1\"\n","score":0.5,"image":null,"metadata":null}"#)
    }

    @Test func `neighbors`() throws {
        let cosines = BlockCosines(names: [.image], values: [1])
        let row = ProductNeighbors(
            id: "a",
            neighbors: [
                Neighbor(id: "c", score: 0.75, cosines: cosines), Neighbor(id: "👟", score: -0.5, cosines: cosines),
            ]
        )
        #expect(row.json.text == #"{"id":"a","neighbors":[{"id":"c","score":0.75},{"id":"👟","score":-0.5}]}"#)
        #expect(ProductNeighbors(id: "b", neighbors: []).json.text == #"{"id":"b","neighbors":[]}"#)
    }

    @Test func `recommend`() throws {
        var query = RecommendationQuery(likes: ["a"], count: 2)
        query.explains = false
        #expect(
            try recommend(query).ranked().map { try JSONValue(encoding: $0).text } == [
                #"{"rank":1,"id":"c","score":0.75,"image":null,"metadata":0.75}"#,
                #"{"rank":2,"id":"b","score":0.625,"image":0.5,"metadata":0.75}"#,
            ]
        )
    }

    @Test func `recommend --explain`() throws {
        let answer = try recommend(RecommendationQuery(likes: ["a"], count: 2))
        // Each attribute that is the same adds 1/4 to the cosine of the attributes.
        #expect(
            try answer.ranked().map { try JSONValue(encoding: $0).text } == [
                #"{"rank":1,"id":"c","score":0.75,"image":null,"metadata":0.75,"#
                    + #""parts":{"gender":0.0,"season":0.25,"colour":0.25,"usage":0.25},"because":"a","percentile":null}"#,
                #"{"rank":2,"id":"b","score":0.625,"image":0.5,"metadata":0.75,"#
                    + #""parts":{"image":0.25,"gender":0.125,"season":0.125,"colour":0.125,"usage":0.0},"#
                    + #""because":"a","percentile":null}"#,
            ]
        )
    }

    @Test func `recommend --explain in words`() throws {
        let answer = try recommend(RecommendationQuery(likes: ["a"], count: 2))
        #expect(
            answer.map(\.reasons) == [
                "mostly for a: same season (Summer) +0.25, same colour (Blue) +0.25, same usage (Casual) +0.25",
                "mostly for a: image +0.25, same gender (Men) +0.13, same season (Summer) +0.13, same colour (Blue) +0.13",
            ]
        )
    }

    private func recommend(_ query: RecommendationQuery) throws -> [Recommendation] {
        try Recommender(index: SmallCatalogue.index(), weighting: SmallCatalogue.halves()).recommend(query)
    }
}

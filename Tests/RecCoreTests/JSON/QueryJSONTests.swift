import Foundation
import RecCore
import Testing

@Suite struct `Queries as JSON` {
    @Test func `a product that is decoded is the product that is made, without attributes that have no value`() throws {
        let text = #"{"id": "a", "attributes": {"colour": "Red", "season": []}, "title": "Shirt"}"#
        let product = try JSONDecoder().decode(Product.self, from: Data(text.utf8))
        #expect(product == Product(id: "a", attributes: ["colour": "Red", "season": []], title: "Shirt"))
        #expect(try JSONDecoder().decode(Product.self, from: JSONEncoder().encode(product)) == product)
    }

    @Test func `fields that are missing or null have the defaults of a query`() throws {
        for text in [#"{"likes": ["a"]}"#, #"{"likes": ["a"], "count": null, "filter": null, "seen": null}"#] {
            let query = try decode(text)
            let plain = RecommendationQuery(likes: ["a"])
            #expect(query.likes == plain.likes && query.dislikes.isEmpty)
            #expect(query.count == plain.count && query.offset == 0 && query.strategy == plain.strategy)
            #expect(query.halfLife == nil && query.weighting == nil && query.filter == nil)
            #expect(query.minimumSimilarity == nil && query.diversity == 0 && query.poolCount == plain.poolCount)
            #expect(query.excluded.isEmpty && query.groupLimits.isEmpty && query.pinned.isEmpty && query.explains)
        }
    }

    @Test func `every field is read`() throws {
        let query = try decode(
            """
            {
                "likes": ["a", {"id": "b", "weight": 2.5, "age": 86400}], "dislikes": [{"id": "c"}], "seen": ["d", "d"],
                "count": 7, "offset": 14, "explain": false, "strategy": "best", "halfLife": 604800, "imageWeight": 0.25,
                "filter": {"gender": "Men", "colour": ["Navy", "Blue"], "price": {"min": 10, "max": 50}},
                "groups": ["model", {"attribute": "brand", "count": 2, "countsLikes": true}],
                "minimumSimilarity": -0.5, "diversity": 0.75, "pinned": ["e", "f"], "user": {"any": "thing"}
            }
            """
        )
        #expect(query.likes == ["a", .product("b", weight: 2.5, age: .seconds(86400))])
        #expect(query.dislikes == ["c"] && query.excluded == ["d"] && query.pinned == ["e", "f"])
        #expect(query.count == 7 && query.offset == 14 && !query.explains && query.strategy == .best)
        #expect(query.halfLife == .seconds(604800) && query.minimumSimilarity == -0.5 && query.diversity == 0.75)
        #expect(query.weighting == Weighting(try BlockWeights(image: 0.25)))
        #expect(
            query.groupLimits == [
                GroupLimit(attribute: "model"), GroupLimit(attribute: "brand", count: 2, countsLikes: true),
            ]
        )
        #expect(
            query.filter
                == .all([
                    .has("colour", anyOf: ["Navy", "Blue"]), .has("gender", "Men"), .number("price", in: 10...50),
                ])
        )
    }

    @Test func `bounds of a number may be missing, and no attribute at all lets everything through`() throws {
        #expect(try filter(#"{"price": {"min": 10}}"#) == .number("price", in: 10...))
        #expect(try filter(#"{"price": {"max": 1e2}}"#) == .number("price", in: ...100))
        #expect(try filter("{}") == .all([]))
        #expect(try filter(#"{"gender": null}"#) == .all([]))
    }

    @Test(arguments: [
        (#"{"likes": "a"}"#, "likes"), (#"{"likes": [7]}"#, "likes[0]"), (#"{"likes": ["a", {}]}"#, "likes[1].id"),
        (#"{"likes": ["a", {"id": "b", "weight": "2"}]}"#, "likes[1].weight"),
        (#"{"likes": [{"id": "b", "weight": -1}]}"#, "likes[0].weight"),
        (#"{"likes": [{"id": "b", "age": -1}]}"#, "likes[0].age"),
        (#"{"likes": [{"id": "b", "age": 1e300}]}"#, "likes[0].age"), (#"{"likes": [null]}"#, "likes[0]"),
        (#"{"dislikes": {"id": "a"}}"#, "dislikes"), (#"{"seen": "a"}"#, "seen"), (#"{"seen": [["a"]]}"#, "seen"),
        (#"{"count": "ten"}"#, "count"), (#"{"count": -1}"#, "count"), (#"{"count": 1000000000}"#, "count"),
        (#"{"count": 1.5}"#, "count"), (#"{"count": 1e40}"#, "count"), (#"{"offset": -1}"#, "offset"),
        (#"{"offset": 1000000000000000000}"#, "offset"), (#"{"diversity": 2}"#, "diversity"),
        (#"{"diversity": true}"#, "diversity"), (#"{"explain": "yes"}"#, "explain"), (#"{"explain": 1}"#, "explain"),
        (#"{"strategy": "worst"}"#, "strategy"), (#"{"strategy": 1}"#, "strategy"), (#"{"halfLife": 0}"#, "halfLife"),
        (#"{"halfLife": -5}"#, "halfLife"), (#"{"imageWeight": 1.01}"#, "imageWeight"),
        (#"{"minimumSimilarity": "high"}"#, "minimumSimilarity"),
        (#"{"groups": [{"count": 1}]}"#, "groups[0].attribute"),
        (#"{"groups": [{"attribute": "a", "count": 0}]}"#, "groups[0].count"), (#"{"groups": [3]}"#, "groups[0]"),
        (#"{"pinned": [1]}"#, "pinned"), (#"{"filter": "red"}"#, "filter"), (#"{"filter": {"a": 1}}"#, "filter.a"),
        (#"{"filter": {"a": []}}"#, "filter.a"), (#"{"filter": {"a": ["x", 1]}}"#, "filter.a"),
        (#"{"filter": {"a": {}}}"#, "filter.a.min"), (#"{"filter": {"a": {"mim": 1}}}"#, "filter.a.mim"),
        (#"{"filter": {"a": {"min": "1"}}}"#, "filter.a.min"),
        (#"{"filter": {"a": {"min": 2, "max": 1}}}"#, "filter.a.min"),
        (#"{"filter": {"a": [[["x"]]]}}"#, "filter.a"), (#"[]"#, "request"), (#""likes""#, "request"),
    ])
    func `what a field must not be is an error that names it`(text: String, field: String) {
        let error = #expect(throws: RecError.self) { try decode(text) }
        #expect(error?.code == .invalidQuery)
        #expect(error?.kind.httpStatus == 400)
        #expect(error?.message.contains(field) == true, "\(error?.message ?? "no error")")
    }

    @Test(arguments: [
        ("likes", 1000), ("dislikes", 1000), ("seen", 10_000), ("pinned", 100), ("groups", 16),
    ])
    func `a list may be as long as is documented and no longer`(field: String, most: Int) throws {
        func text(_ count: Int) -> String {
            #"{"\#(field)": [\#((0..<count).map { "\"\($0)\"" }.joined(separator: ","))]}"#
        }
        _ = try decode(text(most))
        let error = #expect(throws: RecError.self) { try decode(text(most + 1)) }
        #expect(error?.message.contains("'\(field)'") == true)
    }

    @Test(arguments: [
        (#""offset": 9000, "count": 1000"#, #""offset": 9001, "count": 1000"#, "offset"),
        (#""offset": 990, "diversity": 0.5"#, #""offset": 991, "diversity": 0.5"#, "offset"),
        (#""offset": 990, "groups": ["brand"]"#, #""offset": 991, "groups": ["brand"]"#, "offset"),
        (
            #""strategy": "best", "likes": \#(list(60)), "dislikes": \#(list(40))"#,
            #""strategy": "best", "likes": \#(list(60)), "dislikes": \#(list(41))"#, "likes"
        ),
    ])
    func `fields that are dear together are bounded together`(most: String, more: String, field: String) throws {
        _ = try decode("{\(most)}")
        let error = #expect(throws: RecError.self) { try decode("{\(more)}") }
        #expect(error?.code == .invalidQuery)
        #expect(error?.message.contains("'\(field)'") == true, "\(error?.message ?? "no error")")
    }

    private static func list(_ count: Int) -> String {
        "[" + (0..<count).map { "\"\($0)\"" }.joined(separator: ",") + "]"
    }

    @Test func `filters are bounded`() throws {
        func attributes(_ count: Int) -> String {
            "{" + (0..<count).map { #""\#($0)": "x""# }.joined(separator: ",") + "}"
        }
        func values(_ count: Int) -> String {
            #"{"a": ["# + (0..<count).map { #""\#($0)""# }.joined(separator: ",") + "]}"
        }
        #expect(try filter(attributes(64)).attributes.count == 64)
        #expect(throws: RecError.self) { try filter(attributes(65)) }
        _ = try filter(values(1000))
        #expect(throws: RecError.self) { try filter(values(1001)) }
    }

    @Test(arguments: ["likes", "seen", "filter", "groups", "pinned"])
    func `deep nesting is an error`(field: String) {
        for depth in [100, 100_000] {
            for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
                let value = String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
                #expect(throws: (any Error).self) { try decode(#"{"\#(field)": \#(value)}"#) }
            }
        }
    }

    @Test func `numbers that JSON does not have are errors of a lenient decoder as well`() {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf",
            negativeInfinity: "-inf",
            nan: "nan"
        )
        for number in ["nan", "inf", "-inf"] {
            for text in [
                #"{"likes": [{"id": "a", "weight": "\#(number)"}]}"#, #"{"diversity": "\#(number)"}"#,
                #"{"minimumSimilarity": "\#(number)"}"#, #"{"halfLife": "\#(number)"}"#,
                #"{"imageWeight": "\#(number)"}"#, #"{"filter": {"a": {"min": {"x": "\#(number)"}}}}"#,
            ] {
                #expect(throws: RecError.self, "\(text)") {
                    try decoder.decode(RecommendationQuery.self, from: Data(text.utf8))
                }
            }
        }
    }

    @Test func `a field inside another value is named with its whole path`() {
        struct Body: Decodable { let query: RecommendationQuery }
        let error = #expect(throws: RecError.self) {
            try JSONDecoder().decode(Body.self, from: Data(#"{"query": {"likes": [{"id": 5}]}}"#.utf8))
        }
        #expect(error?.message.contains("query.likes[0].id") == true)
    }

    @Test func `text that is no JSON is left to the decoder`() {
        #expect(throws: DecodingError.self) { try decode("likes=a") }
    }

    private func decode(_ text: String) throws -> RecommendationQuery {
        try JSONDecoder().decode(RecommendationQuery.self, from: Data(text.utf8))
    }

    private func filter(_ text: String) throws -> AttributeFilter {
        try JSONDecoder().decode(AttributeFilter.self, from: Data(text.utf8))
    }
}

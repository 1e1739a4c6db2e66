import Foundation
import RecCore
import RecTesting
import Testing

@Suite struct `Answers as JSON` {
    @Test func `a neighbour has a field for each block, and null where a side lacks it`() throws {
        let cosines = BlockCosines(names: [.image, .metadata, "price"], values: [0.75, nil, -0.5])
        let neighbor = Neighbor(id: "15970", score: 0.5, cosines: cosines)
        #expect(
            try json(neighbor) == #"{"id":"15970","image":0.75,"metadata":null,"price":-0.5,"score":0.5}"#
        )
        #expect(try json(cosines) == #"{"image":0.75,"metadata":null,"price":-0.5}"#)
    }

    @Test func `the product comes with its title, picture and attributes when it was asked for`() throws {
        let cosines = BlockCosines(names: [.image], values: [1])
        var neighbor = Neighbor(id: "a", score: 1, cosines: cosines)
        neighbor.product = Product(
            id: "a",
            attributes: ["gender": "Men", "fabric": ["Cotton", "Linen"]],
            title: "Shirt",
            picture: "a.jpg"
        )
        #expect(
            try json(neighbor) == #"{"attributes":{"fabric":["Cotton","Linen"],"gender":"Men"},"id":"a","image":1,"#
                + #""metadata":null,"picture":"a.jpg","score":1,"title":"Shirt"}"#
        )
    }

    @Test func `an error has its code and its message`() throws {
        let error = RecError(.unknownProduct, "There is no product '7'.")
        #expect(
            try json(["error": error])
                == #"{"error":{"code":"unknown-product","message":"There is no product '7'."}}"#
        )
    }

    @Test func `a block that is called like a field takes no field away`() throws {
        let cosines = BlockCosines(names: ["score", "id"], values: [0.25, 0.5])
        let neighbor = Neighbor(id: "a", score: 1, cosines: cosines)
        #expect(
            try json(neighbor)
                == #"{"block id":0.5,"block score":0.25,"id":"a","image":null,"metadata":null,"score":1}"#
        )
    }

    @Test func `what is no number is null`() throws {
        let neighbor = Neighbor(id: "a", score: .infinity, cosines: BlockCosines(names: [.image], values: [.nan]))
        #expect(try json(neighbor) == #"{"id":"a","image":null,"metadata":null,"score":null}"#)
    }

    @Test func `lines have their ranks`() throws {
        let cosines = BlockCosines(names: [.image], values: [1])
        let neighbors = ["a", "b"].map { Neighbor(id: $0, score: 1, cosines: cosines) }
        #expect(
            try json(neighbors.ranked(from: 11))
                == #"[{"id":"a","image":1,"metadata":null,"rank":11,"score":1},"#
                + #"{"id":"b","image":1,"metadata":null,"rank":12,"score":1}]"#
        )
    }

    @Test func `a recommendation with reasons has parts that add up to its score`() throws {
        let shop = IndexedCatalogue(seed: 71)
        let likes = shop.index.ids.prefix(3).map { Example.product($0) }
        for line in try shop.recommender.recommend(RecommendationQuery(likes: likes)).ranked() {
            let object = try #require(JSONSerialization.jsonObject(with: Data(json(line).utf8)) as? [String: Any])
            let parts = try #require(object["parts"] as? [String: Double])
            let score = try #require(object["score"] as? Double)
            #expect(abs(parts.values.reduce(0, +) - score) < 1e-6)
            #expect(object["because"] is String)
            #expect(object["percentile"] is NSNull)
        }
    }

    @Test func `a recommendation without reasons has the fields of a neighbour`() throws {
        let shop = IndexedCatalogue(seed: 72)
        var query = RecommendationQuery(likes: [.product(try #require(shop.index.ids.first))])
        query.explains = false
        let answer = try shop.recommender.recommend(query)
        let neighbors = try answer.map { Neighbor(id: $0.id, score: $0.score, cosines: $0.cosines) }.ranked().map(json)
        #expect(try answer.ranked().map(json) == neighbors)
    }

    @Test func `a part has its name, value and what is shared`() throws {
        let part = ScorePart(.attribute("gender"), value: 0.25, shared: ["Women"])
        #expect(try json(part) == #"{"name":"gender","shared":["Women"],"value":0.25}"#)
    }

    @Test(arguments: [#""Men""#, #"["Cotton","Linen"]"#, "[]"])
    func `values of an attribute are a string or an array`(text: String) throws {
        #expect(try json(JSONDecoder().decode(AttributeValues.self, from: Data(text.utf8))) == text)
    }

    private func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

import Foundation
import RecCore
import RecMetadata
import RecTesting
import Testing

@Suite struct `Numbers as blocks` {
    private func cosine(_ one: String, _ other: String, _ encoder: NumberEncoder) throws -> Double {
        func vector(_ value: String) throws -> [Float] {
            let block = encoder.encode(Product(id: "x", attributes: ["price": AttributeValues([value])]))
            return try #require(block?.vector).components
        }
        return zip(try vector(one), try vector(other)).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }

    @Test func `differences count on a linear scale`() throws {
        let encoder = try NumberEncoder("price", scale: .linear(from: 0, to: 200))
        #expect(try abs(cosine("50", "50", encoder) - 1) < 1e-6)
        #expect(try abs(cosine("0", "200", encoder)) < 1e-6)
        #expect(try abs(cosine("10", "60", encoder) - cos(Double.pi / 8)) < 1e-6)
        #expect(try abs(cosine("110", "160", encoder) - cos(Double.pi / 8)) < 1e-6)
        #expect(try abs(cosine("-5", "1e9", encoder)) < 1e-6, "what is beyond the scale counts as its end")
    }

    @Test func `ratios count on a logarithmic scale`() throws {
        let encoder = try NumberEncoder("price", scale: .logarithmic(from: 1, to: 256))
        let expected = cos(Double.pi / 16)
        #expect(try abs(cosine("2", "4", encoder) - expected) < 1e-6)
        #expect(try abs(cosine("64", "128", encoder) - expected) < 1e-6)
        #expect(try abs(cosine("0", "1", encoder) - 1) < 1e-6)
    }

    @Test func `the first number counts, and a product without one has no block`() throws {
        let encoder = try NumberEncoder("price", scale: .linear(from: 0, to: 10))
        func block(_ values: String...) -> Embedding.Block? {
            encoder.encode(Product(id: "x", attributes: ["price": AttributeValues(values)]))
        }
        #expect(block("n/a", "inf", "5", "9") == block("5"))
        #expect(block("n/a", "nan") == nil)
        #expect(block() == nil)
    }

    @Test(arguments: [(1.0, 1.0), (2, 1), (.nan, 1), (0, .infinity)])
    func `a scale that is none is refused`(from: Double, to: Double) {
        let error = #expect(throws: RecError.self) { try NumberScale.linear(from: from, to: to) }
        #expect(error?.code == .invalidSetting)
        #expect(throws: RecError.self) { try NumberScale.logarithmic(from: from, to: to) }
        #expect(throws: RecError.self) { try NumberScale.logarithmic(from: 0, to: 10) }
        #expect(throws: RecError.self) { try NumberScale.linear(from: 0, to: .leastNonzeroMagnitude) }
        #expect(throws: RecError.self) { try NumberScale.logarithmic(from: 1000, to: Double(1000).nextUp) }
    }

    @Test func `a scale as wide as numbers go has positions from 0 to 1`() throws {
        let scale = try NumberScale.linear(from: -.greatestFiniteMagnitude, to: .greatestFiniteMagnitude)
        #expect(scale.position(of: 0) == 0.5)
        #expect(scale.position(of: .greatestFiniteMagnitude) == 1)
        let ratios = try NumberScale.logarithmic(from: .leastNonzeroMagnitude, to: .greatestFiniteMagnitude)
        #expect(ratios.position(of: .leastNonzeroMagnitude) == 0 && ratios.position(of: 1e308) <= 1)
    }

    @Test func `the encoder of an index is known from its block`() throws {
        for scale in [try NumberScale.linear(from: -1.5, to: 3), try .logarithmic(from: 0.1, to: 1e6)] {
            let encoder = try NumberEncoder("price", scale: scale)
            #expect(try NumberEncoder(block: encoder.block) == encoder)
            let other = try NumberEncoder("price", scale: .linear(from: 0, to: 1))
            #expect(!encoder.block.differences(from: other.block).isEmpty)
        }
        let image = EmbeddingSpace.Block(name: .image, kind: .init(dimension: 2, recipe: ["backbone": "demo"]))
        #expect(try NumberEncoder(block: image) == nil)
        let broken = EmbeddingSpace.Block(
            name: "price",
            kind: .init(dimension: 2, recipe: ["encoder": "number", "spacing": "linear", "from": "x", "to": "1"])
        )
        #expect(throws: RecError.self) { try NumberEncoder(block: broken) }
    }

    @Test func `a price ranks beside other attributes, with a weight and a reason of its own`() async throws {
        let products = [
            ("a", "Shoe", "20"), ("b", "Shoe", "24"), ("c", "Shoe", "90"), ("d", "Bag", "20"), ("e", "Shoe", ""),
        ]
        .map { id, type, price in
            Product(
                id: ProductID(id),
                attributes: ["type": AttributeValues([type]), "price": AttributeValues(price.isEmpty ? [] : [price])]
            )
        }
        let price = try NumberEncoder("price", scale: .logarithmic(from: 10, to: 100))
        let encoder = try OneHotEncoder(fitting: products, attributes: ["type"])
        let embedder = ProductEmbedder(encoder: encoder, blocks: [price])
        var embedded: [EmbeddedProduct] = []
        _ = try await embedder.embed(products) { embedded.append($0) }
        let index = ReferenceIndex(space: embedder.space, products: embedded)
        var query = SearchQuery(
            embedded[0].embedding,
            weighting: Weighting(try BlockWeights([.metadata: 3, "price": 1]))
        )
        query.excluded = ["a"]
        let answer = index.matches(query)
        // A shoe without a price shares the type alone, and its weight is renormalised.
        #expect(answer.map(\.id) == ["e", "b", "c", "d"])
        #expect(abs((answer.first { $0.id == "d" }?.score ?? .nan) - 0.25) < 1e-6)
        let planned = try Example.attributes(["type": "Shoe", "price": "95"], encodedBy: encoder, blocks: [price])
        var expected = Embedding([:])
        let like = Product(id: "", attributes: ["type": "Shoe", "price": "95"])
        expected[.metadata] = try encoder.encode(like).map { .init($0) }
        expected["price"] = price.encode(like)
        #expect(planned.subject == .embedding(expected) && expected.blocks.count == 2)
    }

    @Test(arguments: ["image", "metadata"])
    func `a block of numbers needs a name of its own`(name: String) throws {
        let scale = try NumberScale.linear(from: 0, to: 1)
        let error = #expect(throws: RecError.self) { try NumberEncoder(name, scale: scale) }
        #expect(error?.code == .invalidSetting)
    }
}

import Foundation
import RecCore
import Testing

/// Two spellings of one word that Swift's `String` holds equal.
private let composed = "caf\u{E9}"
private let decomposed = "cafe\u{301}"

@Suite struct `Texts in two Unicode forms` {
    @Test func `are equal as strings, which is what makes the difference`() {
        #expect(composed == decomposed)
        #expect(ByteString(composed) != ByteString(decomposed))
        #expect(Set([composed, decomposed].map { ByteString($0) }).count == 2)
        #expect(ByteString(decomposed) < ByteString(composed))
    }

    @Test func `are two identifiers, with hashes of their own`() {
        #expect(ProductID(composed) != ProductID(decomposed))
        #expect(ProductID(composed).hashValue != ProductID(decomposed).hashValue)
    }

    @Test func `are two values of an attribute`() throws {
        let values = AttributeValues([composed, decomposed, composed])
        #expect(values.values.map { Array($0.utf8) } == [composed, decomposed].map { Array($0.utf8) })
        #expect(AttributeValues([composed]) != AttributeValues([decomposed]))
        #expect(
            Product(id: "1", attributes: ["a": AttributeValues([composed])])
                != Product(id: "1", attributes: ["a": AttributeValues([decomposed])])
        )
    }

    @Test func `are two categories of a space`() {
        let space = AttributeSpace(attributes: [.init(name: "a", categories: [.value(composed), .value(decomposed)])])
        #expect(space.attributes[0].categories.count == 2)
        #expect(AttributeSpace.Category.value(composed) != .value(decomposed))
    }

    @Test func `are told apart by a filter, also by one from JSON`() throws {
        let product = Product(id: "1", attributes: ["a": AttributeValues([composed])])
        #expect(AttributeFilter.has("a", composed).matches(product))
        #expect(!AttributeFilter.has("a", decomposed).matches(product))
        let json = Data(#"{"a": ["\#(decomposed)", "\#(composed)"]}"#.utf8)
        #expect(try JSONDecoder().decode(AttributeFilter.self, from: json).matches(product))
    }
}

import Foundation
import RecCore
import Testing

@Suite struct `Pictures of a product` {
    @Test func `the main one is the first of all`() {
        var shirt = Product(id: "shirt", pictures: ["front", "back"])
        #expect(shirt.picture == "front" && shirt.pictures == ["front", "back"])

        shirt.picture = "side"
        #expect(shirt.pictures == ["side", "back"])
        shirt.picture = nil
        #expect(shirt.pictures.isEmpty)
        shirt.pictures = ["one"]
        #expect(shirt == Product(id: "shirt", picture: "one"))
    }

    @Test(arguments: [[], ["a"], ["a", "b"], ["", "b"], ["a", "", ""], ["ä\n", "b c"]])
    func `any number of them survives JSON and the text of an index`(pictures: [String]) throws {
        let shirt = Product(id: "shirt", attributes: ["colour": "Blue"], pictures: pictures)

        let decoded = try JSONDecoder().decode(Product.self, from: JSONEncoder().encode(shirt))
        var read = Product(id: "shirt", attributes: ["colour": "Blue"])
        read.pictureText = shirt.pictureText

        #expect(decoded == shirt && decoded.pictures == pictures)
        #expect(read == shirt && read.pictures == pictures)
    }

    @Test func `JSON of before has one`() throws {
        let text = #"{"id": "shirt", "attributes": {}, "picture": "front"}"#
        #expect(try JSONDecoder().decode(Product.self, from: Data(text.utf8)).pictures == ["front"])
    }
}

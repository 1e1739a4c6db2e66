import Foundation
import RecCore
import Testing

@Suite struct `Attribute spaces` {
    private static let space = AttributeSpace(attributes: [
        .init(name: "gender", categories: [.value("Men"), .value("Women"), .missing]),
        .init(
            name: "colour",
            categories: [.value("Blue"), .infrequent],
            weight: 2,
            infrequentMembers: [.value("Rose"), .missing]
        ),
    ])

    @Test func `columns are numbered attribute by attribute`() {
        #expect(Self.space.width == 5)
        #expect(Self.space.offsets == [0, 3, 5])
        #expect(Self.space.attributeOfColumn == [0, 0, 0, 1, 1])
    }

    @Test func `spaces are equal when their attributes are`() {
        let copy = AttributeSpace(attributes: Self.space.attributes)
        #expect(copy == Self.space)
        #expect(copy.hashValue == Self.space.hashValue)
        #expect(AttributeSpace(attributes: Self.space.attributes.reversed()) != Self.space)
        #expect(AttributeSpace(attributes: []).width == 0)
    }

    @Test func `JSON is short and gives the space back`() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(Self.space)
        #expect(
            String(decoding: data, as: UTF8.self) == """
                {"attributes":[\
                {"categories":["Men","Women",{"special":"missing"}],"name":"gender","weight":1},\
                {"categories":["Blue",{"special":"infrequent"}],\
                "infrequentMembers":["Rose",{"special":"missing"}],"name":"colour","weight":2}]}
                """
        )
        #expect(try JSONDecoder().decode(AttributeSpace.self, from: data) == Self.space)
    }

    @Test(arguments: [
        #"[{"name": "a", "categories": ["x"], "weight": -1}]"#,
        #"[{"name": "a", "categories": ["x", "x"], "weight": 1}]"#,
        #"[{"name": "a", "categories": ["x"], "weight": 1, "infrequentMembers": ["y"]}]"#,
        #"[{"name": "a", "categories": [{"special": "other"}], "weight": 1}]"#,
        #"[{"name": "a", "categories": [7], "weight": 1}]"#,
        #"[{"name": "a", "categories": ["x"], "weight": 1}, {"name": "a", "categories": ["y"], "weight": 1}]"#,
        #"[{"name": "a", "categories": ["x", {"special": "infrequent"}], "weight": 1, "infrequentMembers": ["x"]}]"#,
    ])
    func `JSON that breaks a rule is an error`(attributes: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(AttributeSpace.self, from: Data(#"{"attributes": \#(attributes)}"#.utf8))
        }
    }

    @Test func `two attributes of one name break a rule`() async {
        await #expect(processExitsWith: .failure) {
            _ = AttributeSpace(attributes: [
                .init(name: "a", categories: [.value("x")]), .init(name: "a", categories: [.value("y")]),
            ])
        }
    }

    @Test func `infrequent members without a column break a rule`() async {
        await #expect(processExitsWith: .failure) {
            _ = AttributeSpace.Attribute(name: "a", categories: [.value("x")], infrequentMembers: [.value("y")])
        }
    }
}

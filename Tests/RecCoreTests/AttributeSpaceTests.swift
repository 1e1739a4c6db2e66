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

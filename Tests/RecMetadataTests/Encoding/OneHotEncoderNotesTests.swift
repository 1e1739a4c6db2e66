import RecCore
import RecMetadata
import Testing

@Suite struct `An encoder comes back from an index` {
    private static let attributes = AttributeSpace(attributes: [
        .init(
            name: "colour",
            categories: [.value("Blue"), .value("Red"), .infrequent],
            infrequentMembers: [.value("Gold")]
        )
    ])
    private static let space = EmbeddingSpace(blocks: [
        .init(name: .image, kind: .dense(dimension: 2, recipe: [:])),
        .init(name: .metadata, kind: .oneHot(attributes)),
    ])

    @Test(arguments: [UnknownPolicy.ignore, .infrequentIfExists, .error], [MissingPolicy.ignore, .category, .error])
    func `with its policies, from the space and the notes`(unknown: UnknownPolicy, missing: MissingPolicy) throws {
        let encoder = OneHotEncoder(space: Self.attributes, unknown: unknown, missing: missing)
        let others = ["image.transform": "something else"]
        let found = try OneHotEncoder(space: Self.space, notes: encoder.notes.merging(others) { $1 })
        #expect(found == encoder)
    }

    @Test func `with the policies of every encoder, from the space alone`() throws {
        #expect(try OneHotEncoder(space: Self.space) == OneHotEncoder(space: Self.attributes))
    }

    @Test func `the notes are two, with stable names`() {
        let encoder = OneHotEncoder(space: Self.attributes, unknown: .infrequentIfExists, missing: .error)
        #expect(encoder.notes == ["encoder.unknown": "infrequentIfExists", "encoder.missing": "error"])
    }

    @Test(arguments: ["encoder.unknown", "encoder.missing"])
    func `not with a policy that nobody knows`(key: String) {
        let error = #expect(throws: RecError.self) { try OneHotEncoder(space: Self.space, notes: [key: "guess"]) }
        #expect(error?.code == .invalidSetting && error?.message.contains("'guess'") == true)
    }

    @Test func `not from a space without attributes`() {
        let pictures = EmbeddingSpace(blocks: [.init(name: .image, kind: .dense(dimension: 2, recipe: [:]))])
        let error = #expect(throws: RecError.self) { try OneHotEncoder(space: pictures) }
        #expect(error?.code == .noSharedBlock)
    }
}

import RecCore
import RecImage
import RecNetwork
import Testing

@Suite struct `An extractor opened by a recipe` {
    private static let backbones = [Backbone.vgg("tiny", VGG(convolutions: [1, 1, 1], widths: [4, 8, 8], hidden: 16))]

    private static let changes: [@Sendable (inout ExtractionSettings) -> Void] = [
        { _ in },
        { $0.layer = .fc2 },
        { $0.pooling = .maximum },
        { $0.decoding = .fast },
        { $0.orientation = .ignore },
        { $0.damage = .accepted },
        { $0.background = RGBColor(red: 1, green: 2, blue: 3) },
        { $0.aggregation = .first },
    ]

    @Test(arguments: changes.indices)
    func `makes the same vectors, whatever the settings were`(number: Int) async throws {
        let original = try TinyExtractor.make { Self.changes[number](&$0) }
        let path = try TinyExtractor.fixture("OneModel/archive.pth")
        let reopened = try CNNFeatureExtractor(recipe: original.recipe, weights: path, among: Self.backbones)
        #expect(reopened.recipe == original.recipe)
        let picture = PictureSource.file(try TinyExtractor.fixture("Pictures/baseline-420.jpg"))
        #expect(try await reopened.features(of: picture) == original.features(of: picture))
    }

    @Test func `has the limit of pixels that is asked for, and the same recipe`() async throws {
        let recipe = try TinyExtractor.make().recipe
        let path = try TinyExtractor.fixture("OneModel/archive.pth")
        let reopened = try CNNFeatureExtractor(
            recipe: recipe,
            weights: path,
            among: Self.backbones,
            maximumPixelCount: 100
        )
        #expect(reopened.recipe == recipe)
        let picture = PictureSource.file(try TinyExtractor.fixture("Pictures/baseline-420.jpg"))
        let error = await #expect(throws: RecError.self) { try await reopened.features(of: picture) }
        #expect(error?.code == .imageTooLarge)
    }

    @Test func `other weights are refused`() throws {
        let recipe = try TinyExtractor.make("archive.pth").recipe
        let other = try TinyExtractor.fixture("OneModel/stream.pth")
        let error = #expect(throws: RecError.self) {
            try CNNFeatureExtractor(recipe: recipe, weights: other, among: Self.backbones)
        }
        #expect(error?.code == .recipeMismatch)
        #expect(error?.path == other)
        #expect(error?.message.contains("weights") == true)
    }

    @Test func `a backbone that is not there is named`() throws {
        let recipe = try TinyExtractor.make().recipe
        let error = #expect(throws: RecError.self) { try CNNFeatureExtractor(recipe: recipe, weights: "any.pth") }
        #expect(error?.code == .unknownBackbone)
        #expect(error?.message.contains("'tiny'") == true)
    }

    @Test func `vectors of another origin are refused`() {
        let error = #expect(throws: RecError.self) {
            try CNNFeatureExtractor(recipe: ["model": "own"], weights: "any.pth")
        }
        #expect(error?.code == .recipeMismatch)
    }
}

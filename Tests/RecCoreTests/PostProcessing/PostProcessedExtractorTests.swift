import RecCore
import RecTesting
import Testing

@Suite struct `An extractor with a transform behind it` {
    private let transform = madeTransform(of: 4, to: 3, power: 0.5, seed: 6, base: FakeExtractor().recipe)

    @Test func `keeps the promises of an extractor`() async throws {
        let extractor = try PostProcessedExtractor(FakeExtractor(), transform: transform)
        #expect(extractor.dimension == 3)
        try await FeatureExtractorConformance.check(extractor, inputs: ["one", "two", "three"], broken: "broken")
    }

    @Test func `makes of a picture what the transform makes of its features`() async throws {
        let extractor = try PostProcessedExtractor(FakeExtractor(), transform: transform)
        let made = try await extractor.features(of: "hat")
        #expect(try await transform.apply(to: FakeExtractor().features(of: "hat")) == made)
        #expect(made.recipe["backbone"] == "fake")
        #expect(made.recipe["power"] == "0.5")
        #expect(made.recipe["projection"] == "random")
        #expect(made.recipe["fitted"]?.utf8.count == 16)
    }

    @Test func `takes no transform of another extractor`() {
        let other = FakeExtractor(recipe: ["backbone": "another"])
        #expect(throws: RecError.self) { try PostProcessedExtractor(other, transform: transform) }
    }
}

import RecCore
import RecTesting
import Testing

@Suite struct `An extractor with a transform behind it` {
    private func transform() async throws -> EmbeddingTransform {
        let features = try await FakeExtractor().features(of: (0..<40).map { "picture \($0)" })
        return try PostProcessing(power: 0.5, projection: .principalComponents(dimension: 3, exponent: -0.5))
            .fit(to: features.map { try $0.get() })
    }

    @Test func `keeps the promises of an extractor`() async throws {
        let extractor = try PostProcessedExtractor(FakeExtractor(), transform: try await transform())
        #expect(extractor.dimension == 3)
        try await FeatureExtractorConformance.check(extractor, inputs: ["one", "two", "three"], broken: "broken")
    }

    @Test func `makes of a picture what the transform makes of its features`() async throws {
        let transform = try await transform()
        let extractor = try PostProcessedExtractor(FakeExtractor(), transform: transform)
        let made = try await extractor.features(of: "hat")
        #expect(try await transform.apply(to: FakeExtractor().features(of: "hat")) == made)
        #expect(made.recipe["backbone"] == "fake")
        #expect(made.recipe["power"] == "0.5")
        #expect(made.recipe["projection"] == "pca, exponent -0.5")
        #expect(made.recipe["fitted"]?.utf8.count == 16)
    }

    @Test func `takes no transform of another extractor`() async throws {
        let transform = try await transform()
        let other = FakeExtractor(recipe: ["backbone": "another"])
        #expect(throws: RecCoreError.self) { try PostProcessedExtractor(other, transform: transform) }
    }
}

public import RecCore
internal import Testing

/// Checks that an extractor keeps the promises of `FeatureExtractor`.
public enum FeatureExtractorConformance {
    /// Runs all checks; what fails is recorded as issues of the calling test.
    ///
    /// - Parameters:
    ///   - extractor: The extractor under test.
    ///   - inputs: Inputs that have features, two at least.
    ///   - broken: An input that has none, if there is such a thing.
    /// - Throws: What the extractor throws for one of the inputs.
    public static func check<Extractor: FeatureExtractor>(
        _ extractor: Extractor,
        inputs: [Extractor.Input],
        broken: Extractor.Input? = nil
    ) async throws {
        #expect(inputs.count >= 2, "the checks need two inputs")
        var alone: [DenseVector] = []
        for input in inputs {
            let features = try await extractor.features(of: input)
            #expect(features.dimension == extractor.dimension, "features have the announced dimension")
            #expect(features.recipe == extractor.recipe, "features have the announced recipe")
            let squares = features.components.reduce(0.0) { $0 + Double($1) * Double($1) }
            #expect(abs(squares - 1) < 1e-5, "features have unit length")
            alone.append(features)
        }
        let together = try await extractor.features(of: inputs).map { try $0.get() }
        #expect(together == alone, "features must not depend on the rest of the batch")
        let reversed = try await extractor.features(of: inputs.reversed()).map { try $0.get() }
        #expect(reversed == alone.reversed(), "results must be in the order of the inputs")
        #expect(try await extractor.features(of: [Extractor.Input]()).isEmpty, "no inputs have no results")
        if let broken {
            let results = try await extractor.features(of: [inputs[0], broken, inputs[1]])
            #expect(results.count == 3, "every input must have a result")
            #expect(
                results.map { (try? $0.get()) != nil } == [true, false, true],
                "a broken input must have no features, and the others theirs"
            )
            #expect(try results.first?.get() == alone[0], "a broken input must not disturb the others")
        }
    }
}

public import RecCore
internal import Testing

/// Checks that a fusion keeps the promises of `Fusion`.
public enum FusionConformance {
    /// Runs all checks; what fails is recorded as issues of the calling test.
    ///
    /// - Parameters:
    ///   - fusion: The fusion under test.
    ///   - names: The blocks it is meant for.
    ///   - seed: The seed of the cosines it is tried with.
    public static func check(_ fusion: some Fusion, names: [BlockName] = [.image, .metadata], seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let nothing = BlockCosines(names: names, values: names.map { _ in nil })
        #expect(fusion.score(nothing, weights: .standard) == nil, "nothing to score")
        for _ in 0..<200 {
            let values = names.map { _ in
                Bool.random(using: &random) ? Double.random(in: -1...1, using: &random) : nil
            }
            let cosines = BlockCosines(names: names, values: values)
            let score = fusion.score(cosines, weights: .standard)
            #expect(score == fusion.score(cosines, weights: .standard), "equal cosines must give equal scores")
            #expect(score?.isNaN != true, "a score must be a number")
        }
    }
}

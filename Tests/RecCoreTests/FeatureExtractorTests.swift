import RecCore
import Testing

@Suite struct `Feature extractor` {
    @Test(arguments: [0, 2])
    func `that gives another number of results than inputs is at fault, not cancelled`(count: Int) async throws {
        let error = await #expect(throws: RecError.self) {
            _ = try await MiscountingExtractor(count: count).features(of: "shirt")
        }

        #expect(error?.code == .brokenContract)
        #expect(error?.message.contains("\(count) results for 1 input") == true)
    }

    /// Gives `count` results whatever it is asked.
    private struct MiscountingExtractor: FeatureExtractor {
        let count: Int
        let recipe: Recipe = ["backbone": "none"]
        let dimension = 1

        func features(of inputs: [String]) async throws -> [Result<DenseVector, any Error>] {
            let result = Result<DenseVector, any Error> { try DenseVector(normalizing: [1], recipe: recipe) }
            return [Result<DenseVector, any Error>](repeating: result, count: count)
        }
    }
}

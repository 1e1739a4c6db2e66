import RecCore
import RecTesting
import Testing

@Suite struct `Feature extractor conformance` {
    private static let inputs = ["one", "two", "three"]

    @Test func `an extractor that keeps its promises passes`() async throws {
        try await FeatureExtractorConformance.check(FaultyExtractor(nil), inputs: Self.inputs, broken: "broken")
    }

    @Test(arguments: FaultyExtractor.Fault.allCases)
    func `a broken one is found`(fault: FaultyExtractor.Fault) async throws {
        try await expectFailure(fault.rawValue) {
            try await FeatureExtractorConformance.check(FaultyExtractor(fault), inputs: Self.inputs, broken: "broken")
        }
    }
}

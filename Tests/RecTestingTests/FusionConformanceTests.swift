import RecCore
import RecTesting
import Testing

@Suite struct `Fusion conformance` {
    @Test func `a fusion that keeps its promises passes`() {
        FusionConformance.check(FaultyFusion(nil), seed: 1)
    }

    @Test(arguments: FaultyFusion.Fault.allCases)
    func `a broken one is found`(fault: FaultyFusion.Fault) async throws {
        try await expectFailure(fault.rawValue) { FusionConformance.check(FaultyFusion(fault), seed: 1) }
    }
}

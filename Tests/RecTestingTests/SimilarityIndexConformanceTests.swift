import RecCore
import RecTesting
import Testing

@Suite struct `Similarity index conformance` {
    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `the reference passes`(seed: UInt64) async throws {
        try await SimilarityIndexConformance { space, products in
            ReferenceIndex(space: space, products: products)
        }.check(seed: seed, count: 60)
    }

    @Test func `an index across a network passes`() async throws {
        try await SimilarityIndexConformance { space, products in
            FaultyIndex(ReferenceIndex(space: space, products: products), nil)
        }.check(seed: 4, count: 60)
    }

    @Test(arguments: FaultyIndex.Fault.allCases)
    func `a broken one is found`(fault: FaultyIndex.Fault) async throws {
        try await expectFailure(fault.rawValue) {
            try await SimilarityIndexConformance { space, products in
                FaultyIndex(ReferenceIndex(space: space, products: products), fault)
            }.check(seed: 5, count: 24)
        }
    }

    @Test(arguments: FaultyLocalIndex.Fault.allCases)
    func `one whose synchronous face says something else is found`(fault: FaultyLocalIndex.Fault) async throws {
        try await expectFailure(fault.rawValue) {
            try await SimilarityIndexConformance { space, products in
                FaultyLocalIndex(ReferenceIndex(space: space, products: products), fault)
            }.check(seed: 6, count: 24)
        }
    }
}

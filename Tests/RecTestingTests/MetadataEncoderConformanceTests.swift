import RecCore
import RecTesting
import Testing

@Suite struct `Metadata encoder conformance` {
    private static let products = ["Blue", "Red", nil, "Red"].enumerated().map { number, colour in
        Product(
            id: ProductID("\(number)"),
            attributes: colour.map { ["colour": AttributeValues([$0])] } ?? [:],
            title: "title \(number)"
        )
    }

    @Test func `an encoder that keeps its promises passes`() throws {
        try MetadataEncoderConformance.check(FaultyEncoder(nil), products: Self.products)
    }

    @Test(arguments: FaultyEncoder.Fault.allCases)
    func `a broken one is found`(fault: FaultyEncoder.Fault) async throws {
        try await expectFailure(fault.rawValue) {
            try MetadataEncoderConformance.check(FaultyEncoder(fault), products: Self.products)
        }
    }
}

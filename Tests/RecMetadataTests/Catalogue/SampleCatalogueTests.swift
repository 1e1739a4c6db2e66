import Foundation
import RecCore
import RecMetadata
import RecTesting
import Testing

/// The catalogue that comes with the package, against Python's csv module and pandas (`Scripts/goldens/catalogue.py`).
@Suite struct `The sample catalogue` {
    private struct Golden: Decodable {
        let rows: Int
        let joinedLines: [Int]
        let fraction: Double
        let seed: UInt64
        let sample: [String]
    }

    @Test func `is read with every row, and the rows with bare commas are repaired`() throws {
        let golden: Golden = try TestFiles.fixture("Catalogue/sample-catalogue.json")
        let report = try Self.catalogue().report
        #expect(report.rowCount == golden.rows)
        #expect(report.productCount == golden.rows)
        #expect(report.repaired.listed.map(\.line) == golden.joinedLines)
        #expect(report.missingPictures.listed.map(\.product) == ["10131"])
    }

    @Test func `gives the same sample for the same seed as an independent program`() throws {
        let golden: Golden = try TestFiles.fixture("Catalogue/sample-catalogue.json")
        let sampler = StratifiedSampler(fraction: golden.fraction, seed: golden.seed)
        #expect(try sampler.sample(Self.catalogue().products).map(\.id.rawValue) == golden.sample)
    }

    @Test func `is encoded by an encoder that keeps what encoders have to keep`() throws {
        let products = try Self.catalogue().products
        let encoder = try OneHotEncoder(fitting: products, attributes: ["gender", "articleType", "season", "usage"])
        try MetadataEncoderConformance.check(encoder, products: products)
    }

    private static func catalogue() throws -> Catalogue {
        let package = URL(filePath: #filePath).appending(path: "../../../..").standardizedFileURL
        return try KaggleCatalogue(path: package.appending(path: "Examples/SampleCatalogue").path).read()
    }
}

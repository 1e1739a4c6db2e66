import RecCore
import RecMetadata
import Testing

@Suite(
    .enabled(
        if: TestFiles.sharedData("styles.csv") != nil,
        "needs the real styles.csv in ../shared/data or in REC_SHARED_DATA"
    )
)
struct `The real styles.csv` {
    private struct Golden: Decodable {
        struct Sample: Decodable {
            let count: Int
            let crc32c: UInt32
        }

        let columns: [String]
        let rows: Int
        let joinedLines: [Int]
        let missing: [String: Int]
        let crc32c: UInt32
        let fraction: Double
        let seed: UInt64
        let samples: [String: Sample]
    }

    static let catalogue = Result {
        try CSVCatalogue(path: TestFiles.sharedData("styles.csv") ?? "").read()
    }

    @Test func `is read as Python's csv module and pandas read it`() throws {
        let golden: Golden = try TestFiles.fixture("Catalogue/styles.json")
        let catalogue = try Self.catalogue.get()
        #expect(catalogue.products.count == golden.rows)
        #expect(catalogue.report.rowCount == golden.rows)
        #expect(catalogue.report.skipped.isEmpty)
        #expect(catalogue.report.repaired.countByKind == [.joinedFields: golden.joinedLines.count])
        #expect(catalogue.report.repaired.listed.map(\.line) == golden.joinedLines)

        var missing: [String: Int] = [:]
        var text = ""
        for product in catalogue.products {
            for column in golden.columns {
                let value =
                    switch column {
                    case "id": Optional(product.id.rawValue)
                    case "productDisplayName": product.title
                    default: product[column].first
                    }
                missing[column, default: 0] += value == nil ? 1 : 0
                text += (value ?? "\u{1A}") + "\u{1F}"
            }
            text += "\n"
        }
        #expect(missing == golden.missing)
        #expect(crc32c(Array(text.utf8)) == golden.crc32c)
    }

    @Test(arguments: ["subCategory", "masterCategory", "season"])
    func `is sampled as pandas sizes its groups, and as the priorities say`(attribute: String) throws {
        let golden: Golden = try TestFiles.fixture("Catalogue/styles.json")
        let expected = try #require(golden.samples[attribute])
        let sampler = StratifiedSampler(fraction: golden.fraction, of: attribute, seed: golden.seed)
        let sample = try sampler.sample(try Self.catalogue.get().products)
        #expect(sample.count == expected.count)
        let text = sample.map { "\($0.id)\n" }.joined()
        #expect(crc32c(Array(text.utf8)) == expected.crc32c)
    }

    @Test(.enabled(if: TestFiles.sharedData("fashion-small/styles.csv") != nil))
    func `and the sample folder with 2,000 pictures lacks none`() throws {
        let directory = try #require(TestFiles.sharedData("fashion-small"))
        let catalogue = try KaggleCatalogue(path: directory).read()
        #expect(catalogue.products.count == 2000)
        #expect(catalogue.report.missingPictures.isEmpty)
        #expect(catalogue.products.allSatisfy { $0.picture?.hasSuffix("/images/\($0.id).jpg") ?? false })
    }
}

import RecCore
import RecMetadata
import Testing

/// The real table with several settings; see `Scripts/goldens/one_hot.py`.
@Suite(
    .enabled(
        if: TestFiles.sharedData("styles.csv") != nil,
        "needs the real styles.csv in ../shared/data or in REC_SHARED_DATA"
    )
)
struct `One-hot encoding of the real styles.csv` {
    private struct Golden: Decodable {
        let unknown: UnknownPolicy
        let missing: MissingPolicy
        let minimum: Double?
        let maximum: Int?
        let attributes: [String]
        let fit: Int
        let names: [String]
        let sums: [Int]
        let crc32c: UInt32
    }

    @Test(arguments: 0..<8)
    func `gives the matrix of scikit-learn`(index: Int) throws {
        let golden = try TestFiles.fixture("Encoding/styles.json", as: [Golden].self)[index]
        let products = try `The real styles.csv`.catalogue.get().products
        let frequency = golden.minimum.map { $0 >= 1 ? CategoryFrequency.count(Int($0)) : .fraction($0) }
        let encoder = try OneHotEncoder(
            fitting: Array(products.prefix(golden.fit)),
            attributes: golden.attributes.map {
                AttributeEncoding($0, minimumFrequency: frequency, maximumCategories: golden.maximum)
            },
            unknown: golden.unknown,
            missing: golden.missing
        )
        #expect(encoder.featureNames == golden.names)
        var sums = [Int](repeating: 0, count: encoder.space.width)
        for product in products {
            for column in try encoder.columns(of: product) { sums[Int(column)] += 1 }
        }
        #expect(sums == golden.sums)
        #expect(crc32c(try encoder.denseMatrix(of: products)) == golden.crc32c)
    }
}

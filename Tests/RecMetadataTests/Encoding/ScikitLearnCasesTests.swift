import RecCore
import RecMetadata
import Testing

/// Small made-up tables with every combination of settings; see `Scripts/goldens/one_hot.py`.
@Suite struct `One-hot encoding beside scikit-learn` {
    private struct Golden: Decodable {
        let cases: [Case]
        let multiValued: MultiValued
    }

    private struct MultiValued: Decodable {
        let rows: [[String]]
        let categories: [String]
        let matrix: [String]
    }

    private struct Case: Decodable {
        let attributes: [String]
        let rows: [[String?]]
        let probes: [[String?]]
        let unknown: UnknownPolicy
        let missing: MissingPolicy
        let minimum: Double?
        let maximum: Int?
        let categories: [[String]]?
        let fitError: Bool?
        let names: [String]?
        let infrequent: [[String?]]?
        let matrix: [String]?
        let inverse: [[Inverse]]?
        let probeRows: [String?]?

        var products: [Product] { rows.enumerated().map { product($1, id: "row \($0)") } }

        func product(_ row: [String?], id: String) -> Product {
            let values = row.map { AttributeValues([$0].compactMap(\.self)) }
            return Product(id: ProductID(id), attributes: Dictionary(uniqueKeysWithValues: zip(attributes, values)))
        }

        func encoder() throws -> OneHotEncoder {
            let frequency = minimum.map { $0 >= 1 ? CategoryFrequency.count(Int($0)) : .fraction($0) }
            let encodings = attributes.enumerated().map { index, name in
                AttributeEncoding(
                    name,
                    categories: categories?[index],
                    minimumFrequency: frequency,
                    maximumCategories: maximum
                )
            }
            return try OneHotEncoder(fitting: products, attributes: encodings, unknown: unknown, missing: missing)
        }
    }

    /// A text, `{"missing": true}` for NaN, or null where no column is set.
    private struct Inverse: Decodable {
        let categories: [AttributeSpace.Category]?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                categories = nil
            } else if let text = try? container.decode(String.self) {
                categories = [text == "infrequent_sklearn" ? .infrequent : .value(text)]
            } else {
                categories = [.missing]
            }
        }
    }

    private static func golden() throws -> Golden { try TestFiles.fixture("Encoding/cases.json") }

    private static func bits(_ row: [UInt8]) -> String { row.map { String($0) }.joined() }

    @Test(arguments: [UnknownPolicy.error, .ignore, .infrequentIfExists], [MissingPolicy.ignore, .category])
    func `gives the same columns, matrices, inverses and errors`(unknown: UnknownPolicy, missing: MissingPolicy) throws
    {
        let cases = try Self.golden().cases.filter { $0.unknown == unknown && $0.missing == missing }
        #expect(cases.isEmpty == (missing == .ignore && unknown != .ignore))
        for expected in cases {
            guard expected.fitError == nil else {
                let error = try #require(throws: RecError.self) { try expected.encoder() }
                #expect(error.code == .unknownCategory)
                continue
            }
            let fitted = try expected.encoder()
            let rebuilt = OneHotEncoder(space: fitted.space, unknown: unknown, missing: missing)
            for encoder in [fitted, rebuilt] {
                #expect(encoder.featureNames == expected.names)
                let members = encoder.space.attributes.map { $0.infrequentMembers }
                let infrequent = expected.infrequent?.map { names in
                    names.map { $0.map(AttributeSpace.Category.value) ?? .missing }
                }
                #expect(members == infrequent)
                let rows = try expected.products.map { try encoder.denseRow(of: $0) }
                #expect(rows.map(Self.bits) == expected.matrix)
                let inverse = try rows.map { row in
                    let categories = try encoder.inverse(row: row)
                    return expected.attributes.map { categories[$0] }
                }
                #expect(inverse == expected.inverse?.map { $0.map(\.categories) })
                let probes = expected.probes.map { try? encoder.denseRow(of: expected.product($0, id: "probe")) }
                #expect(probes.map { $0.map(Self.bits) } == expected.probeRows)
            }
        }
    }

    @Test func `gives the n-hot rows of MultiLabelBinarizer`() throws {
        let expected = try Self.golden().multiValued
        let products = expected.rows.enumerated().map {
            Product(id: ProductID("\($0)"), attributes: ["tags": AttributeValues($1)])
        }
        let encoder = try OneHotEncoder(fitting: products, attributes: ["tags"])
        #expect(encoder.featureNames == expected.categories.map { "tags_\($0)" })
        #expect(try products.map { Self.bits(try encoder.denseRow(of: $0)) } == expected.matrix)
    }
}

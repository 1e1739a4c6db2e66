import Foundation
import RecCore
import RecMetadata
import Testing

@Suite struct `One-hot encoding` {
    private static let shirt = Product(id: "1", attributes: ["gender": "Men", "colour": "Blue"])
    private static let dress = Product(id: "2", attributes: ["gender": "Women", "colour": "Red"])
    private static let scarf = Product(id: "3", attributes: ["colour": "Blue"])
    private static let products = [shirt, dress, scarf]

    @Test func `columns are the categories of each attribute, sorted by code points`() throws {
        let products = ["b", "Z", "é", "a b", "10", "9", "ä"].enumerated().map {
            Product(id: ProductID("\($0)"), attributes: ["x": AttributeValues([$1]), "y": "one"])
        }
        let encoder = try OneHotEncoder(fitting: products, attributes: ["x", "y"])
        #expect(encoder.featureNames == ["x_10", "x_9", "x_Z", "x_a b", "x_b", "x_ä", "x_é", "y_one"])
        #expect(encoder.space.offsets == [0, 7, 8])
        #expect(try encoder.columns(of: products[0]) == [4, 7])
        #expect(try encoder.denseRow(of: products[1]) == [0, 0, 1, 0, 0, 0, 0, 1])
    }

    @Test func `a product may have very many values`() throws {
        // An amount of work that grows with the square of the values takes minutes.
        let values = (100_000..<160_000).reversed().map { "v\($0)" }
        let product = Product(id: "1", attributes: ["tags": AttributeValues(values)])
        let encoder = try OneHotEncoder(fitting: [product], attributes: ["tags"])

        #expect(try encoder.columns(of: product) == Array(0..<60_000))
    }

    @Test func `rare values of a product set their common column once`() throws {
        let products = [
            Product(id: "1", attributes: ["tags": ["x", "b", "c", "a"]]), Product(id: "2", attributes: ["tags": ["c"]]),
        ]
        let encoder = try OneHotEncoder(
            fitting: products,
            attributes: [AttributeEncoding("tags", minimumFrequency: .count(2))]
        )

        #expect(encoder.featureNames == ["tags_c", "tags_infrequent_sklearn"])
        #expect(try encoder.columns(of: products[0]) == [0, 1])
    }

    @Test func `missing values are nothing, a category or an error`() throws {
        let ignoring = try OneHotEncoder(fitting: Self.products, attributes: ["gender", "colour"])
        #expect(ignoring.featureNames == ["gender_Men", "gender_Women", "colour_Blue", "colour_Red"])
        #expect(try ignoring.denseRow(of: Self.scarf) == [0, 0, 1, 0])

        let category = try OneHotEncoder(fitting: Self.products, attributes: ["gender", "colour"], missing: .category)
        #expect(category.featureNames == ["gender_Men", "gender_Women", "gender_nan", "colour_Blue", "colour_Red"])
        #expect(try category.denseRow(of: Self.scarf) == [0, 0, 1, 1, 0])

        let error = try #require(throws: RecError.self) {
            try OneHotEncoder(fitting: Self.products, attributes: ["gender"], missing: .error)
        }
        #expect(error.code == .missingValue)
        #expect(error.message.contains("Product 3 lacks gender"))
        let strict = try OneHotEncoder(fitting: [Self.shirt], attributes: ["gender"], missing: .error)
        #expect(throws: RecError.self) { try strict.encode(Self.scarf) }
    }

    @Test func `unknown values are nothing, infrequent or an error`() throws {
        let green = Product(id: "4", attributes: ["colour": "Green"])
        let attributes = [AttributeEncoding("colour", minimumFrequency: .count(2))]
        let ignoring = try OneHotEncoder(fitting: Self.products, attributes: attributes)
        #expect(ignoring.featureNames == ["colour_Blue", "colour_infrequent_sklearn"])
        #expect(try ignoring.denseRow(of: green) == [0, 0])
        #expect(try ignoring.encode(green) == nil)
        #expect(try ignoring.denseRow(of: Self.dress) == [0, 1])

        let folding = try OneHotEncoder(fitting: Self.products, attributes: attributes, unknown: .infrequentIfExists)
        #expect(try folding.denseRow(of: green) == [0, 1])

        let strict = try OneHotEncoder(fitting: Self.products, attributes: attributes, unknown: .error)
        #expect(try strict.denseRow(of: Self.dress) == [0, 1])
        let error = try #require(throws: RecError.self) { try strict.columns(of: green) }
        #expect(error.code == .unknownCategory)
        #expect(error.message.contains("Product 4 has colour 'Green'"))
    }

    @Test func `several values set several columns, and weigh as much as one`() throws {
        let cardigan = Product(id: "1", attributes: ["gender": "Men", "tags": ["wool", "new", "unheard of"]])
        let plain = Product(id: "2", attributes: ["gender": "Men", "tags": "sale"])
        let encoder = try OneHotEncoder(
            fitting: [cardigan, plain],
            attributes: ["gender", AttributeEncoding("tags", categories: ["wool", "sale", "new"], weight: 3)]
        )
        let codes = try #require(try encoder.encode(cardigan))
        #expect(codes.columns == [0, 1, 3])
        // Squares are the shares: a quarter for gender, three quarters for tags, divided by two of them.
        #expect(codes.dense.map { ($0 * $0 * 1000).rounded() } == [250, 375, 0, 375])
        #expect(try encoder.encode(plain)?.dense.map { ($0 * $0 * 100).rounded() } == [25, 0, 75, 0])
    }

    @Test func `unknown tags share the infrequent column without setting it twice`() throws {
        let products = [["a"], ["a"], ["b"], ["c"]].enumerated().map {
            Product(id: ProductID("\($0)"), attributes: ["tags": AttributeValues($1)])
        }
        let encoder = try OneHotEncoder(
            fitting: products,
            attributes: [AttributeEncoding("tags", minimumFrequency: .fraction(0.5))],
            unknown: .infrequentIfExists
        )
        let probe = Product(id: "x", attributes: ["tags": ["b", "never", "a", "c"]])
        #expect(try encoder.columns(of: probe) == [0, 1])
    }

    @Test func `an attribute without weight has columns but no say`() throws {
        let encoder = try OneHotEncoder(
            fitting: Self.products,
            attributes: ["gender", AttributeEncoding("colour", weight: 0)]
        )
        #expect(try encoder.encode(Self.shirt)?.dense == [1, 0, 0, 0])
        #expect(try encoder.denseRow(of: Self.shirt) == [1, 0, 1, 0])
        #expect(try encoder.encode(Self.scarf) == nil)
    }

    @Test func `the inverse gives the values back`() throws {
        let encoder = try OneHotEncoder(
            fitting: Self.products,
            attributes: ["gender", AttributeEncoding("colour", minimumFrequency: .count(2))]
        )
        let codes = try #require(try encoder.encode(Self.dress))
        #expect(try encoder.inverse(codes) == ["gender": [.value("Women")], "colour": [.infrequent]])
        #expect(try encoder.inverse(row: codes.dense) == encoder.inverse(codes))
        #expect(try encoder.inverse(row: encoder.denseRow(of: Self.scarf)) == ["colour": [.value("Blue")]])
        #expect(try encoder.inverse(row: [0, 0, 0, 0]).isEmpty)
        #expect(throws: RecError.self) { try encoder.inverse(row: [0, 1, 0]) }
        let other = try OneHotEncoder(fitting: Self.products, attributes: ["colour"])
        #expect(throws: RecError.self) { try other.inverse(codes) }
    }

    @Test func `an encoder can be rebuilt from the space that an index keeps`() throws {
        let products = Self.products + [Product(id: "5", attributes: ["gender": "Boys"])]
        let encoder = try OneHotEncoder(
            fitting: products,
            attributes: ["gender", AttributeEncoding("colour", weight: 2, minimumFrequency: .count(2))],
            missing: .category
        )
        // "Red" and the one missing colour are rare.
        #expect(encoder.featureNames.suffix(2) == ["colour_Blue", "colour_infrequent_sklearn"])
        let rebuilt = OneHotEncoder(space: encoder.space)
        #expect(rebuilt == encoder)
        for product in products + [Product(id: "6"), Product(id: "7", attributes: ["colour": "Green"])] {
            #expect(try rebuilt.encode(product) == encoder.encode(product))
        }
        let strict = OneHotEncoder(space: encoder.space, unknown: .error)
        #expect(try strict.denseRow(of: Self.dress) == [0, 0, 1, 0, 0, 1])
    }

    @Test func `spellings that Unicode calls equal are two categories, as for scikit-learn`() throws {
        let spellings = ["Caf\u{E9}", "Cafe\u{301}"]
        for order in [spellings, spellings.reversed()] {
            let products = order.enumerated().map {
                Product(id: ProductID("\($0)"), attributes: ["name": AttributeValues([$1])])
            }
            let encoder = try OneHotEncoder(fitting: products, attributes: ["name"])
            #expect(
                encoder.featureNames.map { Array($0.unicodeScalars) }
                    == ["name_Cafe\u{301}", "name_Caf\u{E9}"].map { Array($0.unicodeScalars) }
            )
            #expect(try encoder.denseRow(of: Product(id: "x", attributes: ["name": "Caf\u{E9}"])) == [0, 1])
            #expect(try encoder.denseRow(of: Product(id: "x", attributes: ["name": "Cafe\u{301}"])) == [1, 0])
        }
    }

    @Test(arguments: [
        ([], RecError.Code.invalidSetting),
        (["gender", "gender"], .invalidSetting),
        ([AttributeEncoding("gender", weight: 0)], .invalidSetting),
        ([AttributeEncoding("gender", weight: -1)], .invalidSetting),
        ([AttributeEncoding("gender", weight: .nan)], .invalidSetting),
        ([AttributeEncoding("gender", categories: [])], .invalidSetting),
        ([AttributeEncoding("gender", categories: ["Men", "Men"])], .invalidSetting),
        ([AttributeEncoding("gender", minimumFrequency: .count(0))], .invalidSetting),
        ([AttributeEncoding("gender", minimumFrequency: .fraction(1))], .invalidSetting),
        ([AttributeEncoding("gender", minimumFrequency: .fraction(.nan))], .invalidSetting),
        ([AttributeEncoding("gender", maximumCategories: 0)], .invalidSetting),
        (["gender", "fabric"], .unknownAttribute),
        ([AttributeEncoding("gender", categories: ["Men"])], .unknownCategory),
    ])
    func `settings out of range are refused`(attributes: [AttributeEncoding], code: RecError.Code) throws {
        let error = try #require(throws: RecError.self) {
            try OneHotEncoder(fitting: Self.products, attributes: attributes, unknown: .error)
        }
        #expect(error.code == code)
    }

    @Test func `without products all categories must be given`() throws {
        let given = AttributeEncoding("gender", categories: ["Women", "Men"])
        let encoder = try OneHotEncoder(fitting: [], attributes: [given], missing: .category)
        #expect(encoder.featureNames == ["gender_Women", "gender_Men", "gender_nan"])
        let error = try #require(throws: RecError.self) {
            try OneHotEncoder(fitting: [], attributes: [given, "colour"])
        }
        #expect(error.code == .noProducts)
    }
}

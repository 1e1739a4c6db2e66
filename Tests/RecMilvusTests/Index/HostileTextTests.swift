#if Milvus
import RecCore
import RecIndex
import RecMilvus
import RecTesting
import Testing

@Suite("Texts that an expression could stumble over") struct HostileTextTests {
    private let catalogue = RandomCatalogue(count: 50, seed: 9)

    private static let texts = [
        "a\"b", "a'b", "a\\b", "\\\"", "\") or (pattern >= 0", "emoji 🧦👩🏽‍🚀", "e\u{301}", "%_*", "{}",
        "line\nline", "tab\tcr\r", "\u{1}\u{7f}\u{85}\u{2028}", " leading", String(repeating: "x", count: 10_000),
        String(repeating: "é\"\\", count: 3_000), "$meta", "None", "id", "#", "=", "a=b#1", "0x10", "1e5", "\u{feff}",
        "NaN", "1e400", "-0.0", "5e-324", "\u{202e}rtl", "[1]", "numbers[\"x\"][0]", "true", "-1e300",
    ]

    @Test(arguments: MilvusServer.Kind.allCases)
    func `come back as they were, and filter as in this process`(kind: MilvusServer.Kind) async throws {
        let items = Self.texts.enumerated().map { number, text in
            let short = String(text.prefix(500))
            return EmbeddedProduct(
                product: Product(
                    id: ProductID(text),
                    attributes: [
                        text: [text, "other \(number)"], "number": ["\(number)", short], "nul": ["\(short)\0"],
                    ],
                    title: "\0" + text.prefix(100),
                    pictures: [String(text.prefix(50)), "b"]
                ),
                embedding: catalogue.products[number].embedding
            )
        }
        let index = try await MilvusServer.shared(kind).index(catalogue.space, items)
        let local = try await localIndex(catalogue.space, items)
        let ids = items.map(\.product.id)
        for (item, found) in zip(items, try await index.products(ids, .all)) {
            #expect(found?.product == item.product)
            #expect(found?.product?.pictures == item.product.pictures)
        }
        #expect(try await index.attributeNames() == local.attributes)
        #expect(try await index.ids(after: nil, count: 100) == ids.sorted())
        for id in ids {
            #expect(try await index.ids(after: id, count: 1) == Array(ids.sorted().filter { $0 > id }.prefix(1)))
        }
        var queries: [SearchQuery] = []
        for (number, text) in Self.texts.enumerated() {
            for filter: AttributeFilter in [
                .has(text, text), .not(.has(text, text)), .has("number", String(text.prefix(500))),
                .number(text, in: ...5),
                .number("number", in: 3..<7), .has("nul", "\(text.prefix(500))\0"),
                .has(text, anyOf: AttributeValues((0..<40).map { "other \($0)" })),
            ] {
                var query = SearchQuery(items[number].embedding, count: 100, filter: filter)
                query.excluded = [ProductID(text), ProductID(text + "\0")]
                queries.append(query)
            }
        }
        let answers = try await index.search(queries)
        for (query, answer) in zip(queries, answers) {
            #expect(try answer == local.neighbors(query), "\(String(describing: query.filter).prefix(200))")
        }
        // The same name in another Unicode form is another name.
        let other = SearchQuery(items[0].embedding, filter: .has("\u{e9}", "x"))
        let error = await #expect(throws: RecError.self) { try await index.search([other]) }
        let known = try #require(error)
        #expect(known.code == .unknownAttribute)
        #expect(throws: known) { try local.neighbors(other) }
        var query = SearchQuery(items[0].embedding, count: 100)
        query.excluded = Set(ids.prefix(20)).union((0..<40).map { ProductID("n\($0)") })
        #expect(try await index.search([query])[0] == local.neighbors(query))
        #expect(try await index.remove(ids) == items.count)
        #expect(try await index.productCount() == 0)
    }

    @Test func `what Milvus cannot store is refused, and nothing changes`() async throws {
        let index = try await MilvusServer.shared(.lite).index(catalogue.space)
        let embedding = catalogue.products[0].embedding
        let bad = [
            Product(id: ""), Product(id: "a\0"), Product(id: ProductID(String(repeating: "x", count: 70_000))),
            Product(id: "long", title: String(repeating: "x", count: 70_000)),
            Product(id: "numbers", attributes: ["n": AttributeValues((0..<65).map(String.init))]),
            Product(id: "values", attributes: ["n": AttributeValues((0..<5000).map { "v\($0)" })]),
        ]
        for product in bad {
            let error = await #expect(throws: RecError.self) {
                try await index.upsert([
                    catalogue.products[1], EmbeddedProduct(product: product, embedding: embedding),
                ])
            }
            #expect(error?.code == .invalidProduct)
        }
        #expect(try await index.productCount() == 0)
        #expect(try await index.products(["a\0", "", "p1"], .none).allSatisfy { $0 == nil })
    }

    @Test(arguments: MilvusServer.Kind.allCases)
    func `several numbers of an attribute match when one of them is within the range`(
        kind: MilvusServer.Kind
    ) async throws {
        let items = (0..<40).map { number in
            EmbeddedProduct(
                product: Product(
                    id: ProductID("p\(number)"),
                    attributes: [
                        "size": AttributeValues((0..<(number == 39 ? 64 : number)).map { "\(30 + $0)" }),
                        "n": ["\(number)"],
                    ]
                ),
                embedding: catalogue.products[number].embedding
            )
        }
        let server = try await MilvusServer.shared(kind)
        let made = try await server.index(catalogue.space, items)
        let local = try await localIndex(catalogue.space, items)
        // One that has seen the products, and one that has to learn how many numbers there are.
        for index in [made, try await MilvusIndex.open(collection: made.collectionName, in: server.client())] {
            for range in [30.0...30, 35...36, 50...58, 80...99] {
                for filter: AttributeFilter in [.number("size", in: range), .not(.number("size", in: range))] {
                    let query = SearchQuery(catalogue.queries[0], count: 100, filter: filter)
                    #expect(try await index.search([query])[0] == local.neighbors(query))
                }
            }
        }
    }

    @Test(arguments: MilvusServer.Kind.allCases)
    func `filters as deep and as wide as they are allowed work, and deeper ones are refused`(
        kind: MilvusServer.Kind
    ) async throws {
        let index = try await MilvusServer.shared(kind).index(catalogue.space, catalogue.products)
        let local = try await localIndex(catalogue.space, catalogue.products)
        func nested(_ depth: Int) -> AttributeFilter {
            (0..<depth).reduce(.number("price", in: ...12)) { filter, number in
                number.isMultiple(of: 2) ? .not(filter) : .any([filter, .has("colour", "Red")])
            }
        }
        let wide = AttributeFilter.any((0..<500).map { .has("share", "value \($0)") } + [.has("share", "50%")])
        for filter in [nested(23), wide, .not(wide)] {
            let query = SearchQuery(catalogue.queries[0], count: 100, filter: filter)
            #expect(try await index.search([query])[0] == local.neighbors(query))
        }
        let long = AttributeFilter.has("share", anyOf: AttributeValues((0..<200_000).map { "value \($0)" }))
        for filter in [nested(24), long] {
            let error = await #expect(throws: RecError.self) {
                try await index.search([SearchQuery(catalogue.queries[0], filter: filter)])
            }
            #expect(error?.code == .unsupportedQuery)
        }
    }

    @Test(arguments: ["", "a b", "1a", "a\"b", "ü", String(repeating: "n", count: 256)])
    func `names that a collection cannot have are refused`(name: String) async throws {
        let client = try await MilvusServer.shared(.lite).client()
        let error = await #expect(throws: RecError.self) {
            try await MilvusIndex.create(collection: name, space: catalogue.space, in: client)
        }
        #expect(error?.code == .invalidSetting)
    }
}
#endif

#if Postgres
import RecCore
import RecIndex
import RecPostgres
import RecTesting
import Testing

@Suite("Texts that SQL could stumble over") struct HostileTextTests {
    private static let tables = TestTables()

    private static let texts = [
        "'; drop table x; --", "\"quoted\"", "back\\slash \\u0041 \\", "$1", "$least ? (@ > 1)", "a.b.c", "[*]",
        "{\"a\": [1]}",
        "emoji 🧦👩🏽‍🚀", "e\u{301}", "é", "\t\n\r\u{1}\u{7f}", String(repeating: "long ", count: 2000), "%s %%",
        "ÄÖ\u{0}".replacing("\0", with: ""),
        "strict $.x", "null", "", " ", "NaN", "1e400", "0x10", "-0.0", "5e-324", "\u{feff}bom", "\u{202e}rtl",
    ]

    /// Names of two Unicode forms are one in this process, so only one of them is here.
    private static func attribute(of text: String) -> String {
        text.isEmpty ? "empty" : text.unicodeScalars.count == 2 && text == "é" ? "decomposed" : text
    }

    private static func products(_ embedding: Embedding) -> [EmbeddedProduct] {
        texts.enumerated().map { number, text in
            let name = Self.attribute(of: text)
            return EmbeddedProduct(
                product: Product(
                    id: ProductID(text.utf8.count > 2000 ? "id\(number)" : "id " + text),
                    attributes: [name: [text, "other \(number)"], "number": ["\(number)", text]],
                    title: text,
                    pictures: [text, "\(number).jpg"]
                ),
                embedding: embedding
            )
        }
    }

    @Test func `come back as they were, and filter as in this process`() async throws {
        let catalogue = RandomCatalogue(count: 5, seed: 21)
        let items = Self.products(catalogue.products[0].embedding)
        let index = try await Self.tables.index(catalogue.space, items)
        let local = try await localIndex(catalogue.space, items)
        for (item, found) in zip(items, try await index.products(items.map(\.product.id), .all)) {
            #expect(found?.product == item.product)
            #expect(found?.product?.pictures == item.product.pictures)
        }
        #expect(try await index.attributeNames() == local.attributes)
        #expect(try await index.ids(after: nil, count: 100) == local.page(after: nil, count: 100))
        let embedding = catalogue.products[0].embedding
        var queries: [SearchQuery] = []
        for text in Self.texts {
            let name = Self.attribute(of: text)
            for filter: AttributeFilter in [
                .has(name, text), .not(.has(name, text)), .has("number", text), .number(name, in: ...5),
                .number("number", in: 3..<7), .has(name, anyOf: AttributeValues((0..<40).map { "other \($0)" })),
            ] {
                var query = SearchQuery(embedding, count: 100, filter: filter)
                query.excluded = [ProductID("id " + text), ProductID(text + "\0")]
                queries.append(query)
            }
        }
        let answers = try await index.search(queries)
        for (query, answer) in zip(queries, answers) {
            #expect(try answer == local.neighbors(query), "\(String(describing: query.filter))")
        }
        // The same name in another Unicode form is another name.
        let query = SearchQuery(embedding, filter: .has("e\u{301}", "other 9"))
        let error = await #expect(throws: RecError.self) { try await index.search([query]) }
        let known = try #require(error)
        #expect(known.code == .unknownAttribute)
        #expect(throws: known) { try local.neighbors(query) }
    }

    @Test func `the character NUL is an error in a product, and matches nothing in a query`() async throws {
        let catalogue = RandomCatalogue(count: 30, seed: 22)
        let index = try await Self.tables.index(catalogue.space, catalogue.products)
        let embedding = catalogue.products[0].embedding
        for product in [
            Product(id: "a\0"), Product(id: "a", attributes: ["x\0": "y"]), Product(id: "a", attributes: ["x": "y\0"]),
            Product(id: "a", title: "\0"), Product(id: "a", pictures: ["p", "\0"]), Product(id: ""),
            Product(id: ProductID(String(repeating: "ü", count: 5000))),
        ] {
            let error = await #expect(throws: RecError.self) {
                try await index.upsert([EmbeddedProduct(product: product, embedding: embedding)])
            }
            #expect(error?.code == .invalidProduct)
        }
        #expect(try await index.products(["a\0", "p1"], .none).map { $0 == nil } == [true, false])
        let page = try await index.ids(after: "p1\0z", count: 3)
        #expect(page == catalogue.products.map(\.product.id).sorted().filter { $0 > "p1\0z" }.prefix(3).map(\.self))
        let query = SearchQuery(embedding, count: 100, filter: .has("colour", anyOf: ["Red\0", "Red"]))
        let local = try await localIndex(catalogue.space, catalogue.products)
        #expect(try await index.search([query])[0] == local.neighbors(query))
        let error = await #expect(throws: RecError.self) {
            try await index.search([SearchQuery(embedding, filter: .has("colour\0", "Red"))])
        }
        #expect(error?.code == .unknownAttribute)
    }

    @Test(arguments: [
        "select", "a\"b", "x'y", "Ünï 🧦", "a.b", "$1", "%I", String(repeating: "n", count: 57), " ", "a\\b",
    ])
    func `names of tables are taken as they are`(name: String) async throws {
        let catalogue = RandomCatalogue(count: 10, seed: 23)
        let pool = try await Self.tables.database.pool()
        _ = try await pool.run([PostgresStatement("create schema if not exists \"odd \"\"schema\"\"\"")])
        for schema in [nil, "odd \"schema\""] {
            let index = try await PostgresIndex.create(table: name, schema: schema, space: catalogue.space, in: pool)
            try await index.upsert(catalogue.products)
            let opened = try await PostgresIndex.open(table: name, schema: schema, in: pool)
            #expect(try await opened.productCount() == 10)
            #expect(try await opened.search([SearchQuery(catalogue.queries[0], count: 3)])[0].count == 3)
        }
        try await PostgresIndex.drop(table: name, in: pool)
        #expect(try await PostgresIndex.open(table: name, schema: "odd \"schema\"", in: pool).productCount() == 10)
    }

    @Test(arguments: ["", "a\0b", String(repeating: "n", count: 58)])
    func `names that a database cannot keep are refused`(name: String) async throws {
        let pool = try await Self.tables.database.pool()
        let error = await #expect(throws: RecError.self) {
            try await PostgresIndex.create(table: name, space: RandomCatalogue(count: 0, seed: 1).space, in: pool)
        }
        #expect(error?.code == .invalidSetting)
    }
}
#endif

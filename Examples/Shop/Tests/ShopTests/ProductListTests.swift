import Foundation
import RecCore
import Testing

@Suite struct `Lists of products` {
    /// The rows of the sample catalogue, read without the library: its fields have no quotes.
    private static let rows: [[String: String]] = {
        let text = (try? String(contentsOfFile: TestShop.catalog + "/styles.csv", encoding: .utf8)) ?? ""
        let lines = text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        return lines.dropFirst().map { fields in
            Dictionary(uniqueKeysWithValues: zip(lines[0].map(String.init), fields.map(String.init)))
        }
    }()

    @Test func `pages follow each other through the whole catalogue`() async throws {
        try await TestShop.reading { (shop) async throws in
            var ids: [String] = []
            for offset in stride(from: 0, through: 200, by: 50) {
                let page: PageAnswer = try await shop.send(.get, "/products?offset=\(offset)&count=50").decoded()
                #expect(page.total == Self.rows.count)
                ids += page.results.map(\.id)
            }
            #expect(ids == Self.rows.compactMap { $0["id"] }.sorted())
        }
    }

    @Test func `a product matches that has one of the values of each attribute`() async throws {
        let wanted = Self.rows.filter { row in
            ["Women", "Unisex"].contains(row["gender"]) && row["baseColour"] == "Navy Blue"
        }
        try await TestShop.reading { (shop) async throws in
            let page: PageAnswer =
                try await shop
                .send(.get, "/products?gender=Women&baseColour=Navy+Blue&gender=Unisex&count=1000").decoded()
            #expect(page.results.map(\.id) == wanted.compactMap { $0["id"] }.sorted())
            #expect(page.total == wanted.count && !wanted.isEmpty)
            #expect(page.results.allSatisfy { $0.attributes["baseColour"] == ["Navy Blue"] })
        }
    }

    @Test func `values are counted, most frequent first`() async throws {
        try await TestShop.reading { (shop) async throws in
            let facets: FacetsAnswer = try await shop.send(.get, "/facets").decoded()
            #expect(facets.facets.count > 3)
            for facet in facets.facets {
                let counts = Dictionary(grouping: Self.rows.compactMap { $0[facet.attribute] }) { $0 }.mapValues(
                    \.count
                )
                for value in facet.values { #expect(counts[value.value] == value.count, "\(facet.attribute)") }
                #expect(facet.values.map(\.count) == facet.values.map(\.count).sorted(by: >))
            }
        }
    }

    @Test func `attributes with one value, or with the name of a parameter, are no facets`() async throws {
        try await TestShop.with { (shop) async throws in
            for size in [38, 39] {
                let json =
                    #"{"gender": "Men", "size": \#(size), "count": \#(size), "explain": \#(size), "kind": "shoe"}"#
                #expect(try await shop.put("shoe-\(size)", Form(attributes: json)).status == 201)
            }
            let facets: FacetsAnswer = try await shop.send(.get, "/facets").decoded()
            let added = Set(facets.facets.map(\.attribute)).intersection(["size", "count", "explain", "kind"])
            #expect(added == ["size"])
        }
    }

    @Test func `one product is as in the list`() async throws {
        try await TestShop.reading { (shop) async throws in
            let page: PageAnswer = try await shop.send(.get, "/products?count=3&offset=20").decoded()
            for product in page.results {
                let answer = try await shop.send(.get, "/products/\(product.id)")
                #expect(try answer.decoded(as: ProductAnswer.self) == product)
                #expect(product.picture?.hasPrefix("/pictures/\(product.id)?v=") == true)
            }
        }
    }

    @Test(arguments: [
        "count=-1", "count=1001", "count=x", "count=", "count=1&count=2", "offset=-5", "offset=1e3",
        "offset=99999999999999999999", "gender=%FF", "=x", "colour%zz=x", "nothing=1",
    ])
    func `wrong parameters are refused`(query: String) async throws {
        try await TestShop.reading { (shop) async throws in
            let answer = try await shop.send(.get, "/products?\(query)")
            #expect(answer.status == 400)
            #expect(answer.code == (query == "nothing=1" ? "unknown-attribute" : "invalid-request"))
        }
    }

    @Test func `more parameters than anybody needs are refused`() async throws {
        try await TestShop.reading { (shop) async throws in
            let query = Array(repeating: "gender=Men", count: 201).joined(separator: "&")
            #expect(try await shop.send(.get, "/products?\(query)").status == 400)
        }
    }
}

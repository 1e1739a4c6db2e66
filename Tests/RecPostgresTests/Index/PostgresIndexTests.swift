#if Postgres
import RecCore
import RecEngines
import RecIndex
import RecPostgres
import RecTesting
import Testing

@Suite("An index in a table") struct PostgresIndexTests {
    private static let tables = TestTables()

    @Test(arguments: [1, 2] as [UInt64])
    func `keeps the promises of an index`(seed: UInt64) async throws {
        try await SimilarityIndexConformance(refusesFusions: true) { space, products in
            try await Self.tables.index(space, products)
        }.check(seed: seed)
    }

    @Test(arguments: [3, 4, 5] as [UInt64])
    func `gives the answers of an index in this process, bit for bit`(seed: UInt64) async throws {
        let catalogue = RandomCatalogue(count: 500, dimension: [24, 100, 6][Int(seed) - 3], clusters: 5, seed: seed)
        let local = try await localIndex(catalogue.space, catalogue.products)
        let pool = try await Self.tables.database.pool()
        let index = try await Self.tables.index(catalogue.space, catalogue.products, pool: pool)
        var random = SeededGenerator(seed: seed)
        let queries = try (0..<150).map { _ in try query(catalogue, &random) }
        let answers = try await index.search(queries)
        for (query, answer) in zip(queries, answers) {
            let expected = try local.neighbors(query)
            #expect(answer.count == expected.count)
            let different = zip(answer, expected).first { $0 != $1 }
            #expect(different == nil, "\(query.weighting), \(query.count), \(String(describing: query.filter))")
        }
    }

    private func query(_ catalogue: RandomCatalogue, _ random: inout SeededGenerator) throws -> SearchQuery {
        let embeddings = catalogue.queries + catalogue.products.prefix(30).map(\.embedding)
        var query = SearchQuery(embeddings.randomElement(using: &random) ?? catalogue.queries[0])
        query.count = [1, 5, 10, 40, 200, 1000, .max].randomElement(using: &random) ?? 1
        query.weighting.blocks = try BlockWeights(image: [0, 0.2, 0.8, 1].randomElement(using: &random) ?? 0)
        query.weighting.attributes =
            [
                [:], [:], ["colour": 0], ["season": 3, "tags": 0], ["colour": 0, "season": 0, "tags": 0],
                ["colour": 1e-9, "season": 1e12],
            ].randomElement(using: &random) ?? [:]
        query.excluded = Set((0..<Int.random(in: 0...3, using: &random)).map { ProductID("p\($0 * 7)") })
        query.minimumScore = [nil, nil, 0, 0.4, -0.2].randomElement(using: &random) ?? nil
        query.filter =
            [
                nil, nil, .has("colour", "Red"), .not(.has("colour", anyOf: ["Red", "Blue"])),
                .number("price", in: 10..<15.5),
                .number("price", in: 15.5...), .any([.has("season", "Fall"), .number("price", in: ...9)]), .any([]),
                .all([.has("share", "50%"), .not(.number("price", in: 12...14))]),
                .has("tags", anyOf: AttributeValues((0..<50).map { $0 == 7 ? "a" : "x\($0)" })),
            ].randomElement(using: &random) ?? nil
        query.contents =
            [.none, .all, ProductContents(blocks: .only([.metadata])), ProductContents(product: true)]
            .randomElement(using: &random) ?? .none
        return query
    }

    @Test func `a search is one round trip, whatever the number of queries`() async throws {
        let catalogue = RandomCatalogue(count: 300, seed: 6)
        let pool = try await Self.tables.database.pool()
        let index = try await Self.tables.index(catalogue.space, catalogue.products, pool: pool)
        let before = pool.roundTrips
        _ = try await index.search(catalogue.queries.map { SearchQuery($0, filter: .has("colour", "Red")) })
        #expect(pool.roundTrips == before + 1)
        _ = try await index.products(["p1", "p2", "nobody"], .all)
        #expect(pool.roundTrips == before + 2)
    }

    @Test func `a page of a list and the counts of values are one round trip each`() async throws {
        let catalogue = RandomCatalogue(count: 300, seed: 6)
        let pool = try await Self.tables.database.pool()
        let index = try await Self.tables.index(catalogue.space, catalogue.products, pool: pool)
        let local = try await localIndex(catalogue.space, catalogue.products)
        let filter = AttributeFilter.all([.has("colour", "Red"), .number("price", in: ...14)])
        let before = pool.roundTrips
        let page = try await index.matches(of: filter, offset: 3, count: 8)
        #expect(pool.roundTrips == before + 1)
        let expected = try await local.matches(of: filter, offset: 3, count: 8)
        #expect(page.ids == expected.ids && page.total == expected.total && page.total > 11)
        let counts = try await index.valueCounts(of: "tags")
        #expect(pool.roundTrips == before + 2)
        #expect(counts.map(\.value) == (try await local.valueCounts(of: "tags")).map(\.value))
    }

    @Test func `more ties than a search fetches take two round trips`() async throws {
        let catalogue = RandomCatalogue(count: 50, seed: 7)
        let twin = try #require(catalogue.products.first { $0.embedding.blocks.count == 2 })
        let items = (0..<9000).map {
            EmbeddedProduct(product: Product(id: ProductID("t\($0)")), embedding: twin.embedding)
        }
        let pool = try await Self.tables.database.pool()
        let index = try await Self.tables.index(catalogue.space, items, pool: pool)
        let local = try await localIndex(catalogue.space, items)
        for image in [0, 0.5, 1] {
            let before = pool.roundTrips
            let query = SearchQuery(twin.embedding, count: 7, weighting: Weighting(try BlockWeights(image: image)))
            let answer = try await index.search([query])[0]
            #expect(try answer == local.neighbors(query))
            #expect(pool.roundTrips == before + 2)
        }
        var small = index
        small.tieBytes = 1 << 20
        let query = SearchQuery(twin.embedding, count: 7)
        let error = await #expect(throws: RecError.self) { try await small.search([query]) }
        #expect(error?.code == .tooManyTies)
        #expect(try await small.search([SearchQuery(twin.embedding, count: 8990)])[0].count == 8990)
    }
}
#endif

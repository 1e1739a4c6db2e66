#if Milvus
import RecCore
import RecEngines
import RecIndex
import RecMilvus
import RecTesting
import Testing

@Suite("An index in a collection") struct MilvusIndexTests {
    @Test(arguments: MilvusServer.Kind.allCases)
    func `keeps the promises of an index`(kind: MilvusServer.Kind) async throws {
        let server = try await MilvusServer.shared(kind)
        try await SimilarityIndexConformance(refusesFusions: true) { space, products in
            try await server.index(space, products)
        }.check(seed: 1, count: 200)
    }

    @Test(arguments: MilvusServer.Kind.allCases, [3, 4] as [UInt64])
    func `gives the answers of an index in this process, bit for bit`(
        kind: MilvusServer.Kind,
        seed: UInt64
    ) async throws {
        let catalogue = RandomCatalogue(count: 300, dimension: [24, 100][Int(seed) - 3], clusters: 5, seed: seed)
        let local = try await localIndex(catalogue.space, catalogue.products)
        let index = try await MilvusServer.shared(kind).index(catalogue.space, catalogue.products)
        var random = SeededGenerator(seed: seed)
        let queries = try (0..<60).map { _ in try query(catalogue, &random) }
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
        query.count = [1, 5, 10, 40, 200, .max].randomElement(using: &random) ?? 1
        query.weighting.blocks = try BlockWeights(image: [0, 0.2, 0.8, 1].randomElement(using: &random) ?? 0)
        query.weighting.attributes =
            [
                [:], [:], ["colour": 0], ["season": 3, "tags": 0], ["colour": 0, "season": 0, "tags": 0],
                ["colour": 1e-3, "season": 1e6],
            ].randomElement(using: &random) ?? [:]
        query.excluded = Set((0..<Int.random(in: 0...3, using: &random)).map { ProductID("p\($0 * 7)") })
        query.minimumScore = [nil, nil, 0, 0.4, -0.2].randomElement(using: &random) ?? nil
        query.filter =
            [
                nil, nil, .has("colour", "Red"), .not(.has("colour", anyOf: ["Red", "Blue"])),
                .number("price", in: 10..<15.5), .number("price", in: (-3)...1e16),
                .number("price", in: Double.leastNonzeroMagnitude..<9),
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
        let server = try await MilvusServer.shared(.standalone)
        let catalogue = RandomCatalogue(count: 300, seed: 6)
        let (client, trips) = try server.countedClient()
        let index = try await server.index(catalogue.space, catalogue.products, client: client)
        let before = trips.waves
        _ = try await index.search(catalogue.queries.map { SearchQuery($0, filter: .has("colour", "Red")) })
        #expect(trips.waves == before + 1, "\(trips.last)")
        _ = try await index.products(["p1", "p2", "nobody"], .all)
        #expect(trips.waves == before + 2)
        let reopened = try await MilvusIndex.open(collection: index.collectionName, in: client)
        let afterOpening = trips.waves
        _ = try await reopened.search([SearchQuery(catalogue.queries[0])])
        #expect(trips.waves == afterOpening + 1, "\(trips.last)")
    }

    @Test(arguments: MilvusServer.Kind.allCases)
    func `more ties than a search fetches take some round trips`(kind: MilvusServer.Kind) async throws {
        let server = try await MilvusServer.shared(kind)
        let catalogue = RandomCatalogue(count: 50, seed: 9)
        let twins = catalogue.products.filter { $0.embedding.blocks.count == 2 }
        let items = (0..<6000).map { number in
            EmbeddedProduct(
                product: Product(id: ProductID("t\(number)")),
                embedding: twins[number % 2].embedding
            )
        }
        let (client, trips) = try server.countedClient()
        let index = try await server.index(catalogue.space, items, client: client)
        let local = try await localIndex(catalogue.space, items)
        for image in [0, 0.5, 1] {
            let before = trips.waves
            let query = SearchQuery(
                twins[0].embedding,
                count: 25,
                weighting: Weighting(try BlockWeights(image: image))
            )
            #expect(try await index.search([query])[0] == local.neighbors(query))
            #expect(trips.waves <= before + 3)
        }
    }

    @Test(arguments: MilvusServer.Kind.allCases)
    func `more ties than Milvus can list are an error`(kind: MilvusServer.Kind) async throws {
        let server = try await MilvusServer.shared(kind)
        let catalogue = RandomCatalogue(count: 50, dimension: 3, seed: 9)
        let twin = try #require(catalogue.products.first { $0.embedding.blocks.count == 2 })
        let items = (0..<17_000).map {
            EmbeddedProduct(product: Product(id: ProductID("t\($0)")), embedding: twin.embedding)
        }
        let index = try await server.index(catalogue.space, items)
        let error = await #expect(throws: RecError.self) { try await index.search([SearchQuery(twin.embedding)]) }
        #expect(error?.code == .tooManyTies)
        let all = try await index.search([SearchQuery(twin.embedding, count: .max)])[0]
        #expect(all.map(\.id) == items.map(\.product.id).sorted())
    }
}
#endif

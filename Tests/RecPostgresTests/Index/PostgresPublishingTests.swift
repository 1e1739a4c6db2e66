#if Postgres
import RecCore
import RecEngines
import RecPostgres
import RecTesting
import Testing

@Suite("Publishing an index to a table") struct PostgresPublishingTests {
    private static let tables = TestTables()

    @Test(arguments: [false, true])
    func `writes what changed, and answers as the source does`(approximate: Bool) async throws {
        let catalogue = RandomCatalogue(count: 300, seed: 21)
        let source = try await localIndex(catalogue.space, catalogue.products)
        let stale = catalogue.products.prefix(100).map { item in
            let product = Product(id: item.product.id, attributes: ["colour": ["Other"]])
            return EmbeddedProduct(product: product, embedding: item.embedding)
        }
        let stranger = EmbeddedProduct(product: Product(id: "stranger"), embedding: stale[0].embedding)
        let target = try await Self.tables.index(catalogue.space, stale + [stranger], approximate: approximate)
        let publisher = IndexPublisher(pageSize: 64)

        let first = try await publisher.publish(source, to: target)
        #expect((first.written, first.unchanged, first.removed) == (300, 0, 1))
        let second = try await publisher.publish(source, to: target)
        #expect((second.written, second.unchanged, second.removed) == (0, 300, 0))
        #expect(second.compared > 0)

        for embedding in catalogue.queries {
            let query = SearchQuery(embedding, count: 300, contents: .all)
            #expect(try await target.search([query])[0] == source.neighbors(query))
        }
    }
}
#endif

#if Milvus
import RecCore
import RecEngines
import RecMilvus
import RecTesting
import Testing

@Suite("Publishing an index to a collection") struct MilvusPublishingTests {
    @Test(arguments: MilvusServer.Kind.allCases, [MilvusIndexKind.flat, .graph()])
    func `writes what changed, and answers as the source does`(
        kind: MilvusServer.Kind,
        indexKind: MilvusIndexKind
    ) async throws {
        let catalogue = RandomCatalogue(count: 300, seed: 21)
        let source = try await localIndex(catalogue.space, catalogue.products)
        let stale = catalogue.products.prefix(100).map { item in
            let product = Product(id: item.product.id, attributes: ["colour": ["Other"]])
            return EmbeddedProduct(product: product, embedding: item.embedding)
        }
        let stranger = EmbeddedProduct(product: Product(id: "stranger"), embedding: stale[0].embedding)
        let server = try await MilvusServer.shared(kind)
        var target = try await server.index(catalogue.space, stale + [stranger], indexKind)
        let publisher = IndexPublisher(pageSize: 64)

        let first = try await publisher.publish(source, to: target)
        #expect((first.written, first.unchanged, first.removed) == (300, 0, 1))
        let second = try await publisher.publish(source, to: target)
        #expect((second.written, second.unchanged, second.removed) == (0, 300, 0))
        #expect(second.compared > 0)

        target.effort = .exact
        let queries = catalogue.queries.map { SearchQuery($0, count: 300, contents: .all) }
        for (query, answer) in zip(queries, try await target.search(queries)) {
            #expect(try answer == source.neighbors(query))
        }
    }

    @Test(arguments: MilvusServer.Kind.allCases)
    func `is complete for others only when it has ended`(kind: MilvusServer.Kind) async throws {
        let catalogue = RandomCatalogue(count: 90, seed: 26)
        let source = try await localIndex(catalogue.space, catalogue.products)
        let (name, client) = (MilvusServer.name(), try await MilvusServer.shared(kind).client())
        var target = try await MilvusIndex.create(
            collection: name,
            space: catalogue.space,
            in: client,
            notes: ["a": "b"],
            publishing: true
        )
        try await target.upsert(Array(catalogue.products[..<30]))
        let reader = try await MilvusIndex.open(collection: name, in: client)
        #expect(await unfinishedCalls(of: reader, with: catalogue.products[40]) == [])

        // Another process goes on with it.
        target = try await MilvusIndex.open(collection: name, in: client, publishing: true)
        let report = try await IndexPublisher().publish(source, to: target)
        #expect((report.written, report.unchanged) == (60, 30))
        let query = SearchQuery(catalogue.queries[0], count: 20)
        #expect(try await reader.search([query])[0] == source.neighbors(query))
        #expect(try await reader.remove([catalogue.products[0].product.id]) == 1)

        // A copy into a collection that was complete keeps it open.
        #expect(try await IndexPublisher().publish(source, to: reader).written == 1)
        let opened = try await MilvusIndex.open(collection: name, in: client)
        #expect(opened.notes == ["a": "b"])
        #expect(try await opened.productCount() == 90)
    }

    @Test(arguments: MilvusServer.Kind.allCases)
    func `keeps notes, and refuses an index of another space`(kind: MilvusServer.Kind) async throws {
        let server = try await MilvusServer.shared(kind)
        let catalogue = RandomCatalogue(count: 20, seed: 22)
        let notes = ["": "empty", "quote \" \0": String(repeating: "\u{1f44d}", count: 1000), "ä": ""]
        let name = MilvusServer.name()
        _ = try await MilvusIndex.create(
            collection: name,
            space: catalogue.space,
            in: server.client(),
            notes: notes
        )
        let target = try await MilvusIndex.open(collection: name, in: server.client())
        #expect(target.notes == notes)
        let other = RandomCatalogue(count: 5, seed: 23)
        let source = try await localIndex(other.space, other.products)
        let error = await #expect(throws: RecError.self) { try await IndexPublisher().publish(source, to: target) }
        #expect(error?.code == .recipeMismatch)
    }
}
#endif

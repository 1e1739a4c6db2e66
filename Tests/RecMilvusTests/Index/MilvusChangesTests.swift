#if Milvus
import RecCore
import RecEngines
import RecIndex
import RecMilvus
import RecTesting
import Testing

@Suite("Changes of an index in a collection") struct MilvusChangesTests {
    @Test(arguments: MilvusServer.Kind.allCases)
    func `give the index that a builder makes of the same products`(kind: MilvusServer.Kind) async throws {
        let script = ScriptedChanges(seed: 11)
        let index = try await MilvusServer.shared(kind).index(script.catalogue.space)
        for number in 1...8 as ClosedRange<UInt64> {
            let (upserts, removals) = script.batch(number)
            try await index.change(upserting: upserts, removing: removals)
            let state = script.state(after: number).values.map(\.self)
            #expect(try await index.productCount() == state.count)
            let query = SearchQuery(script.catalogue.queries[0], count: 1000, contents: .all)
            let local = try await localIndex(script.catalogue.space, state)
            #expect(try await index.search([query])[0] == local.neighbors(query))
        }
        #expect(try await index.remove(["nobody", "p\0", ""]) == 0)
        let all = try await index.ids(after: nil, count: 1000)
        #expect(try await index.remove(all + all) == all.count)
        #expect(try await index.productCount() == 0)
    }

    @Test(arguments: MilvusServer.Kind.allCases, MilvusConsistency.allCases)
    func `are seen by every search sooner or later, and at once where that is asked`(
        kind: MilvusServer.Kind,
        consistency: MilvusConsistency
    ) async throws {
        let catalogue = RandomCatalogue(count: 50, seed: 12)
        let server = try await MilvusServer.shared(kind)
        let writer = try await server.index(catalogue.space, catalogue.products)
        var reader =
            consistency == .session
            ? writer : try await MilvusIndex.open(collection: writer.collectionName, in: server.client())
        reader.consistency = consistency
        let chosen = catalogue.products[7]
        let query = SearchQuery(chosen.embedding, count: 100)
        func hasSeen() async throws -> Bool {
            let answer = try await reader.search([query])[0]
            return answer.count == 49 && !answer.contains { $0.id == chosen.product.id }
        }
        try await writer.remove([chosen.product.id])
        if consistency == .strong || consistency == .session {
            #expect(try await hasSeen())
        } else {
            var tries = 0
            while try await !hasSeen(), tries < 100 {
                try await Task.sleep(for: .milliseconds(100))
                tries += 1
            }
            #expect(try await hasSeen())
        }
    }

    @Test(arguments: MilvusServer.Kind.allCases)
    func `of many writers at once are all kept`(kind: MilvusServer.Kind) async throws {
        let catalogue = RandomCatalogue(count: 200, seed: 14)
        let index = try await MilvusServer.shared(kind).index(catalogue.space)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let part = (0..<7).map { catalogue.products[(number * 2 + $0 * 13) % 200] }
                    try await index.upsert(part)
                    _ = try await index.search([SearchQuery(catalogue.queries[number % 14], count: 3)])
                }
            }
            try await group.waitForAll()
        }
        let written = Set((0..<100).flatMap { number in (0..<7).map { (number * 2 + $0 * 13) % 200 } })
        let local = try await localIndex(catalogue.space, written.sorted().map { catalogue.products[$0] })
        let query = SearchQuery(catalogue.queries[0], count: 1000, contents: .all)
        #expect(try await index.search([query])[0] == local.neighbors(query))
    }

    @Test(arguments: MilvusServer.Kind.allCases)
    func `digests tell what is stored`(kind: MilvusServer.Kind) async throws {
        let catalogue = RandomCatalogue(count: 60, seed: 15)
        let index = try await MilvusServer.shared(kind).index(catalogue.space, catalogue.products)
        let expected = catalogue.products.map {
            PublishedProduct(id: $0.product.id, digest: ProductDigest($0, in: catalogue.space))
        }.sorted { $0.id < $1.id }
        #expect(try await index.digests(after: nil, count: 100) == expected)
        #expect(try await index.digests(after: expected[9].id, count: 5) == Array(expected[10..<15]))
    }
}
#endif

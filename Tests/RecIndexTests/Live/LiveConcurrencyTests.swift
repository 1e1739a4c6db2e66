import RecCore
import RecIndex
import RecTesting
import Testing

/// Every product of a version says so in an attribute, so that a search that saw two versions at once would show.
@Suite struct `Live index in many tasks` {
    let catalogue = RandomCatalogue(count: 24, dimension: 8, seed: 1)

    @Test func `each search sees all changes of a call or none while products are written, sealed and compacted`()
        async throws
    {
        try await withFolder { folder in
            let index = try LiveIndex(path: folder + "/live", space: catalogue.space, options: .small)
            try await index.upsert(version(0))
            let reader = try LiveIndexReader(path: folder + "/live")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in 0..<3 {
                    group.addTask {
                        var last: UInt64 = 0
                        while last <= 60 {
                            if task == 2 { try await reader.refresh() }
                            let snapshot = task == 2 ? reader.snapshot : index.snapshot
                            #expect(snapshot.version >= last, "time goes one way")
                            last = snapshot.version
                            try check(snapshot)
                            await Task.yield()
                        }
                    }
                }
                group.addTask {
                    for call in 1...60 as ClosedRange<UInt64> {
                        try index.upsert(version(call))
                        if call % 7 == 0 { try index.compact() }
                    }
                }
                try await group.waitForAll()
            }
            #expect(index.status.maintenanceError == nil)
        }
    }

    @Test func `changes from many tasks are made one after another and none is lost`() async throws {
        try await withFolder { folder in
            let path = folder + "/live"
            do {
                let index = try LiveIndex(path: path, space: catalogue.space, options: .small)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for item in catalogue.products {
                        group.addTask { try index.upsert(item.product, item.embedding) }
                    }
                    try await group.waitForAll()
                }
                #expect(index.snapshot.version == 24)
            }
            let index = try LiveIndex(path: path, space: catalogue.space)
            let expected = Dictionary(uniqueKeysWithValues: catalogue.products.map { ($0.product.id, $0) })
            #expect(problems(index.snapshot, expected).isEmpty)
        }
    }

    /// Call *n* gives all products the version *n*, and each the embedding of the one that is *n* further on.
    private func version(_ number: UInt64) -> [EmbeddedProduct] {
        catalogue.products.enumerated().map { position, item in
            let other = catalogue.products[(position + Int(number)) % 24]
            return EmbeddedProduct(
                product: Product(id: item.product.id, attributes: ["version": ["\(number)"]]),
                embedding: other.embedding
            )
        }
    }

    private func check(_ snapshot: Index) throws {
        let number = snapshot.version - 1
        let answer = try snapshot.neighbors(
            SearchQuery(catalogue.queries[0], count: 100, filter: .has("version", "\(number)"))
        )
        #expect(snapshot.count == 24)
        #expect(answer.count == 24, "every product must be of version \(number)")
        let expected = version(number)
        for item in expected.prefix(3) { #expect(try snapshot.embedding(of: item.product.id) == item.embedding) }
    }

    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = try makeTemporaryFolder()
        defer { removeFolder(folder) }
        try await body(folder)
    }
}

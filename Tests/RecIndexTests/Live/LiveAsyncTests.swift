import RecCore
import RecIndex
import RecTesting
import Testing

/// Changes that a server makes.
@Suite struct `Asynchronous changes of a live index` {
    let catalogue = RandomCatalogue(count: 60, dimension: 8, seed: 6)

    @Test func `an actor goes on answering while its changes wait for the disk`() async throws {
        try await withIndex { index in
            let shop = Shop(index, catalogue.products)
            let visitors = Task {
                for _ in 0..<100 {
                    await shop.visit()
                    await Task.yield()
                }
            }
            // It never ends if the actor answers nobody meanwhile.
            let calls = try await shop.change(untilVisits: 100)
            await visitors.value
            #expect(index.snapshot.version == UInt64(calls))
        }
    }

    @Test func `they do what the synchronous ones do, and tell how many products were removed`() async throws {
        try await withIndex { index in
            let ids = catalogue.products.map(\.product.id)
            try await index.upsert(catalogue.products)
            #expect(index.count == 60)
            #expect(try await index.remove(ids[0]))
            #expect(try await !index.remove(ids[0]))
            #expect(try await index.remove([ids[0], ids[1], ids[1], ids[2], "nobody"]) == 2)
            #expect(index.count == 57)
            try await index.upsert(catalogue.products[0])
            #expect(index.product(ids[0]) == catalogue.products[0].product)
            try await index.apply([.upsert(catalogue.products[1]), .remove(ids[0])])
            #expect(index.count == 58)
            try await index.flush()
            try await index.compact()
            #expect(index.status.segmentCount == 1)
            #expect(index.snapshot.version == 6)
            let stranger = RandomCatalogue(count: 1, dimension: 8, seed: 99).products[0]
            let error = await #expect(throws: RecError.self) { try await index.upsert(stranger) }
            #expect(error?.code == .recipeMismatch)
        }
    }

    @Test func `the synchronous removal tells how many products there were`() throws {
        try withTemporaryFolder { folder in
            let index = try LiveIndex(path: folder + "/live", space: catalogue.space, options: .small)
            let ids = catalogue.products.map(\.product.id)
            try index.upsert(catalogue.products)
            #expect(try index.remove(ids.prefix(10)) == 10)
            #expect(try index.remove(ids.prefix(12) + ids.prefix(12)) == 2)
            try index.compact()
            #expect(try index.remove(ids) == 48)
            #expect(try index.remove(ids) == 0)
        }
    }

    @Test func `the changes of one task are made in its order, and those of many all`() async throws {
        try await withIndex { index in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for part in 0..<6 {
                    group.addTask {
                        for position in stride(from: part, to: 60, by: 6) {
                            let item = catalogue.products[position]
                            for call in 0..<3 {
                                let product = Product(id: item.product.id, title: "\(call)")
                                try await index.upsert(EmbeddedProduct(product: product, embedding: item.embedding))
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(index.count == 60)
            #expect(index.snapshot.version == 180)
            for item in catalogue.products { #expect(index.product(item.product.id)?.title == "2") }
        }
    }

    @Test func `a task that was cancelled before its turn changes nothing`() async throws {
        try await withIndex { index in
            let task = Task {
                unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
                try await index.upsert(catalogue.products)
            }
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(index.snapshot.version == 0)
            try await index.upsert(catalogue.products)
            #expect(index.snapshot.version == 1)
        }
    }

    @Test func `cancelled tasks among others change the index or throw, never both`() async throws {
        try await withIndex { index in
            let tasks = catalogue.products.map { item in Task { try await index.upsert(item) } }
            for task in tasks.indices where task % 2 == 0 { tasks[task].cancel() }
            for (item, task) in zip(catalogue.products, tasks) {
                let result = await task.result
                #expect((index.product(item.product.id) != nil) == ((try? result.get()) != nil))
            }
            for position in stride(from: 1, to: 60, by: 2) { try await tasks[position].value }
        }
    }

    private actor Shop {
        private let index: LiveIndex
        private let products: [EmbeddedProduct]
        private var visits = 0

        init(_ index: LiveIndex, _ products: [EmbeddedProduct]) {
            self.index = index
            self.products = products
        }

        func visit() { visits += 1 }

        func change(untilVisits wanted: Int) async throws -> Int {
            var calls = 0
            while visits < wanted {
                try await index.upsert(products)
                calls += 1
            }
            return calls
        }
    }

    private func withIndex(_ body: (LiveIndex) async throws -> Void) async throws {
        let folder = try makeTemporaryFolder()
        defer { removeFolder(folder) }
        try await body(LiveIndex(path: folder + "/live", space: catalogue.space, options: .small))
    }
}

import RecCompute
import RecCore
import Testing

@Suite struct `All neighbours` {
    private let index = RingIndex(count: 700)

    @Test(arguments: [1, 3])
    func `every product comes once, in order, with the neighbours of a query of its own`(threads: Int) async throws {
        let steps = LockedValue<[Int]>([])
        var rows: [ProductNeighbors] = []
        try await index.allNeighbors(count: 4, threads: threads) {
            rows.append(ProductNeighbors(id: $0, neighbors: $1))
        } progress: { progress in
            steps.withLock { $0.append(progress.done) }
            #expect(progress.total == 700)
        }
        #expect(rows.map(\.id) == index.ids)
        for row in rows {
            let embedding = try #require(try index.embedding(of: row.id))
            #expect(try row.neighbors == index.neighbors(SearchQuery(embedding, count: 4, excluded: [row.id])))
        }
        #expect(steps.withLock { $0.last } == 700)
        #expect(steps.withLock { $0 == $0.sorted() })
    }

    @Test func `large catalogues are taken in larger batches, in the same order, by any number of threads`()
        async throws
    {
        let index = RingIndex(count: 1500)
        var expected: [ProductNeighbors] = []
        for id in index.ids { expected.append(.init(id: id, neighbors: try index.neighbors(of: [id], count: 2)[0])) }
        for threads in [1, 2, .max] {
            var rows: [ProductNeighbors] = []
            let done = LockedValue<[Int]>([])
            try await index.allNeighbors(count: 2, threads: threads) {
                rows.append(ProductNeighbors(id: $0, neighbors: $1))
            } progress: { progress in
                done.withLock { $0.append(progress.done) }
            }
            let steps = done.withLock { $0 }
            #expect(rows == expected)
            // Eight batches for one thread; never less than 128 products.
            #expect(steps.first == (threads == 1 ? 187 : 128))
            #expect(steps.last == 1500)
        }
    }

    @Test func `it stops when the receiver throws or its task is cancelled`() async throws {
        struct Full: Error {}
        var count = 0
        await #expect(throws: Full.self) {
            try await index.allNeighbors { _, _ in
                count += 1
                if count == 5 { throw Full() }
            }
        }
        #expect(count == 5)
        let task = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            return try await index.allNeighbors(threads: 2) { _, _ in }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `a negative count is refused, and zero gives empty rows`() async throws {
        await #expect(throws: RecError.self) { try await index.allNeighbors(count: -1) { _, _ in } }
        let error = await #expect(throws: RecError.self) { try await index.allNeighbors(threads: 0) { _, _ in } }
        #expect(error?.code == .invalidSetting)
        var rows = 0
        try await index.allNeighbors(count: 0) { _, neighbors in
            rows += 1
            #expect(neighbors.isEmpty)
        }
        #expect(rows == 700)
    }
}

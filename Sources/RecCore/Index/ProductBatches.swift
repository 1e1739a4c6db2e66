/// Works on many products in parallel, batch by batch, and hands the results over in order.
package struct ProductBatches {
    /// The products in the order in which their results are handed over.
    package let ids: [ProductID]
    /// The number of batches that are worked on at the same time.
    package let threads: Int
    /// Products of a batch: the more of them, the more work an index can share between them.
    private let batchSize: Int

    /// Products of a batch as far as ``mostFloats`` allow.
    private static let batchSizes = 128...2048
    /// Floats of the embeddings of a batch.
    private static let mostFloats = 1 << 22
    /// Batches for each thread at least, unless they would be too small, so that threads end together.
    private static let leastBatches = 8

    /// - Parameters:
    ///   - ids: The products in the order in which their results are handed over.
    ///   - threads: The number of batches that are worked on at the same time.
    ///   - space: That of the products' embeddings.
    package init(ids: [ProductID], threads: Int, space: EmbeddingSpace) {
        self.ids = ids
        self.threads = threads
        let floats = space.blocks.reduce(1) { $0 + $1.storedFloats }
        let most = min(Self.mostFloats / floats, ids.count / Self.leastBatches / threads)
        batchSize = min(max(most, Self.batchSizes.lowerBound), Self.batchSizes.upperBound)
    }

    /// Works on all batches; of those that are finished or under way, no more than `2 * threads` are held.
    ///
    /// - Parameters:
    ///   - work: Gives the result for one batch.
    ///   - receive: Gets each result, and how many products are done. When it throws, the job ends with that error.
    /// - Throws: `CancellationError` soon after the task was cancelled, and what `work` and `receive` throw.
    package func process<Value: Sendable>(
        _ work: @escaping @Sendable ([ProductID]) async throws -> Value,
        receive: (Value, _ done: Int) throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            var window = ReorderingWindow<Value>()
            var start = 0
            var done = 0
            while true {
                while start < ids.count, window.running < threads, window.held / 2 < threads {
                    let part = Array(ids[start..<min(start + batchSize, ids.count)])
                    start += part.count
                    let number = window.start()
                    group.addTask { (number, try await work(part)) }
                }
                guard window.held > 0, let (number, value) = try await group.next() else { break }
                try Task.checkCancellation()
                window.finish(number, value)
                while let next = window.next() {
                    done = min(done + batchSize, ids.count)
                    try receive(next, done)
                }
            }
        }
    }
}

/// Processes many products in parallel, batch by batch, and delivers the results in order.
package struct ProductBatches {
    /// The products in the order in which their results are delivered.
    package let ids: [ProductID]
    /// The number of batches that are processed at the same time.
    package let threads: Int
    /// Products of a batch; an index can share more work in a larger one.
    private let batchSize: Int

    /// Products of a batch as far as ``mostFloats`` allow.
    private static let batchSizes = 128...2048
    /// Floats of the embeddings of a batch.
    private static let mostFloats = 1 << 22
    /// Least number of batches for each thread, unless they would be too small, so that threads end together.
    private static let leastBatches = 8

    /// - Parameters:
    ///   - ids: The products in the order in which their results are delivered.
    ///   - threads: The number of batches that are processed at the same time.
    ///   - space: That of the products' embeddings.
    package init(ids: [ProductID], threads: Int, space: EmbeddingSpace) {
        self.ids = ids
        self.threads = threads
        let floats = space.blocks.reduce(1) { $0 + $1.storedFloats }
        let most = min(Self.mostFloats / floats, ids.count / Self.leastBatches / threads)
        batchSize = min(max(most, Self.batchSizes.lowerBound), Self.batchSizes.upperBound)
    }

    /// Processes all batches; holds at most `2 * threads` that are finished or running.
    ///
    /// - Parameters:
    ///   - work: Gives the result for one batch.
    ///   - receive: Gets each result, and the number of finished products. When it throws, the job ends with that
    ///     error.
    /// - Throws: `CancellationError` soon after the task is cancelled, and the errors of `work` and `receive`.
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

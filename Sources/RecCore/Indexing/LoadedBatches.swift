/// The batches of an embedding job that are loaded and wait to be computed, in the order of loading.
struct LoadedBatches {
    /// Computes the outcomes of a batch.
    typealias Compute = @Sendable () async throws -> [EmbeddingOutcome]

    /// The greatest number of batches that are computed at once, and of those that are loaded ahead.
    let limit: Int

    /// The number of batches that are being loaded.
    var loading = 0

    /// The number of batches that are being computed.
    var computing = 0

    private var ready: [(Int, Compute)] = []

    init(limit: Int) { self.limit = limit }

    /// Whether another batch may be loaded.
    var hasRoom: Bool { loading + ready.count < limit }

    /// Adds a batch that was being loaded.
    mutating func add(_ number: Int, _ compute: @escaping Compute) {
        loading -= 1
        ready.append((number, compute))
    }

    /// Takes the next batch, if one more may be computed.
    mutating func next() -> (Int, Compute)? {
        guard computing < limit, !ready.isEmpty else { return nil }
        computing += 1
        return ready.removeFirst()
    }
}

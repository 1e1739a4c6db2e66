import Metrics

/// The time that pictures take from their arrival in the queue to their features.
enum EmbeddingTime {
    private static let timer = Timer(label: "shop_embedding")

    static func measured<Value>(_ body: () async throws -> Value) async throws -> Value {
        let start = ContinuousClock.now
        let value = try await body()
        timer.recordNanoseconds(Int64((ContinuousClock.now - start) / .nanoseconds(1)))
        return value
    }
}

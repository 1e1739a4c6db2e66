import NIOConcurrencyHelpers

/// Bounds the requests with a picture that are under way, and with them the bodies in memory.
final class PictureGate: Sendable {
    private let capacity: Int
    private let held = NIOLockedValueBox(0)

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// The requests under way.
    var count: Int { held.withLockedValue { $0 } }

    /// Calls a function that reads and uses a picture.
    ///
    /// - Throws: `ShopError.busy` at once when there is no place, and the errors of the function.
    func pass<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        try held.withLockedValue { held in
            guard held < capacity else { throw ShopError.busy }
            held += 1
        }
        defer { held.withLockedValue { $0 -= 1 } }
        return try await body()
    }
}

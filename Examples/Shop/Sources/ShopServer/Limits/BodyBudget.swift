import Hummingbird
import NIOConcurrencyHelpers
import NIOCore

/// Bounds the bytes of bodies that all requests together have in memory.
final class BodyBudget: Sendable {
    private let capacity: Int
    private let held = NIOLockedValueBox(0)

    /// - Parameter capacity: The greatest number of bytes.
    init(capacity: Int) {
        self.capacity = capacity
    }

    /// The bytes in memory.
    var count: Int { held.withLockedValue { $0 } }

    /// Calls a function with the body of a request; what has arrived counts until the function returns.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - limit: The greatest size of this body, in bytes.
    ///   - body: Gets the whole body.
    /// - Returns: What the function returns.
    /// - Throws: `ShopError.busy` when the bytes of all bodies exceed the bound, `ShopError` for a body that is too great
    ///   or incomplete, and the errors of the function.
    func reading<Value: Sendable>(
        _ request: Request,
        upTo limit: Int,
        _ body: (ByteBuffer) async throws -> Value
    ) async throws -> Value {
        let share = Share(budget: self)
        defer { share.giveBack() }
        return try await body(try await request.bytes(upTo: limit) { size in try share.take(size) })
    }

    /// What one request has taken.
    private final class Share: Sendable {
        private let budget: BodyBudget
        private let size = NIOLockedValueBox(0)

        init(budget: BodyBudget) { self.budget = budget }

        func take(_ bytes: Int) throws {
            try budget.held.withLockedValue { held in
                guard held + bytes <= budget.capacity else { throw ShopError.busyWithBodies }
                held += bytes
            }
            size.withLockedValue { $0 += bytes }
        }

        func giveBack() {
            let bytes = size.withLockedValue { $0 }
            budget.held.withLockedValue { $0 -= bytes }
        }
    }
}

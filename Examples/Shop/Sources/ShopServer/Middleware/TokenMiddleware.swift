import Hummingbird
import NIOConcurrencyHelpers

/// Lets requests through that carry the token of the settings, as they were read last.
struct TokenMiddleware: RouterMiddleware {
    typealias Context = ShopContext

    private let token: @Sendable () -> String?
    private let failures = FailureLimit()

    init(token: @escaping @Sendable () -> String?) {
        self.token = token
    }

    func handle(
        _ request: Request,
        context: ShopContext,
        next: (Request, ShopContext) async throws -> Response
    ) async throws -> Response {
        guard let token = token(), !token.isEmpty else {
            throw ShopError.unauthorized("The server was started without SHOP_TOKEN, so it refuses all changes.")
        }
        guard let given = Self.bearerToken(request.headers[.authorization] ?? ""), Self.isEqual(token, given) else {
            context.logger.notice("Refused a request with a wrong token.")
            guard failures.count() else { throw ShopError.tooManyFailures }
            throw ShopError.unauthorized("Send the token of the server as 'Authorization: Bearer TOKEN'.")
        }
        return try await next(request, context)
    }

    /// What follows the scheme `Bearer`, whose case does not matter.
    private static func bearerToken(_ field: String) -> String? {
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }

    /// Compares two texts in a time that depends on the length of the given one alone.
    private static func isEqual(_ expected: String, _ given: String) -> Bool {
        let (expected, given) = (Array(expected.utf8), Array(given.utf8))
        var difference = expected.count ^ given.count
        for index in given.indices { difference |= Int(given[index] ^ expected[index % expected.count]) }
        return difference == 0
    }
}

/// Counts failures; those beyond a number in a minute are too many.
private final class FailureLimit: Sendable {
    private static let most = 20
    private let state = NIOLockedValueBox((start: ContinuousClock.now, count: 0))

    /// Counts one more.
    ///
    /// - Returns: Whether it is still within the limit.
    func count() -> Bool {
        state.withLockedValue { state in
            let now = ContinuousClock.now
            if now - state.start > .seconds(60) { state = (now, 0) }
            state.count += 1
            return state.count <= Self.most
        }
    }
}

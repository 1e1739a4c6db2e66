import HTTPTypes
import Hummingbird

/// Gives each request an identifier: the client's, if it is sane, or a new one.
///
/// It is in the answer and in all logs.
struct RequestIDMiddleware: RouterMiddleware {
    typealias Context = ShopContext

    private let ids = RequestIDs()

    func handle(
        _ request: Request,
        context: ShopContext,
        next: (Request, ShopContext) async throws -> Response
    ) async throws -> Response {
        let id = request.headers[.requestID].flatMap { Self.isSane($0) ? $0 : nil } ?? ids.next()
        var context = context
        context.logger[metadataKey: "hb.request.id"] = .string(id)
        var response = try await next(request, context)
        response.headers[.requestID] = id
        return response
    }

    /// Whether an identifier can stand in logs as it is.
    private static func isSane(_ id: String) -> Bool {
        (1...64).contains(id.utf8.count)
            && id.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || [45, 46, 95].contains(byte)
            }
    }
}

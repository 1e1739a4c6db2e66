import Foundation
import Hummingbird
import RecCore

// snippet.errors
/// Turns errors of the library into answers: `{"error": {"code": "unknown-product", "message": "…"}}`.
struct ErrorAnswers: RouterMiddleware {
    func handle(
        _ request: Request,
        context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as RecError where error.kind.httpStatus < 500 || error.kind == .busy {
            // Others are the server's fault; their messages may name files and are for the log.
            var headers: HTTPFields = [.contentType: "application/json"]
            if error.kind == .busy { headers[.retryAfter] = "1" }
            return Response(
                status: .init(code: error.kind.httpStatus),
                headers: headers,
                body: .init(byteBuffer: ByteBuffer(bytes: try JSONEncoder().encode(["error": error])))
            )
        }
    }
}
// snippet.end

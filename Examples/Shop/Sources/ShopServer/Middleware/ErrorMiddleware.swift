import Hummingbird
import RecCore

/// Turns errors into answers `{"error": {"code": "…", "message": "…"}}`.
///
/// From status 500 on the fault is the server's, and its message may name files: it goes to the log.
struct ErrorMiddleware: RouterMiddleware {
    typealias Context = ShopContext

    func handle(
        _ request: Request,
        context: ShopContext,
        next: (Request, ShopContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let answer = Self.answer(to: error)
            if answer.status.code >= 500, (error as? ShopError) == nil {
                context.logger.error("A request failed.", metadata: ["error": "\(error)", "code": "\(answer.code)"])
            }
            var headers = answer.headers
            if answer.status == .serviceUnavailable, headers[.retryAfter] == nil { headers[.retryAfter] = "1" }
            let body = ["error": ["code": answer.code, "message": answer.message]]
            return try Response.json(body, status: answer.status, headers: headers)
        }
    }

    /// The answer to an error of any kind.
    private static func answer(to error: any Error) -> ShopError {
        switch error {
        case let error as ShopError: error
        case let error as RecError: answer(to: error)
        case let error as DecodingError:
            ShopError(status: .badRequest, code: "invalid-json", message: message(for: error))
        case let error as HTTPError where error.status == .notFound: .notFound
        case let error as HTTPError where error.status.code < 500:
            ShopError(status: error.status, code: "invalid-request", message: error.body ?? error.status.reasonPhrase)
        case is CancellationError:
            ShopError(status: .serviceUnavailable, code: "cancelled", message: "The request was cancelled.")
        default: ShopError(status: .internalServerError, code: "internal", message: hidden)
        }
    }

    /// Names the place in the JSON; what stands there is not repeated.
    private static func message(for error: DecodingError) -> String {
        let path: [any CodingKey]
        let fault: String
        switch error {
        case .typeMismatch(let type, let context): (path, fault) = (context.codingPath, "is not of type \(type)")
        case .valueNotFound(_, let context): (path, fault) = (context.codingPath, "is null")
        case .keyNotFound(let key, let context): (path, fault) = (context.codingPath + [key], "is missing")
        case .dataCorrupted(let context): (path, fault) = (context.codingPath, "is not valid")
        @unknown default: (path, fault) = ([], "is not valid")
        }
        guard !path.isEmpty else { return "The body is not JSON of the form that /openapi.json describes." }
        let place = path.prefix(8).map { String($0.stringValue.prefix(40)) }.joined(separator: ".")
        return "In the body, '\(place)' \(fault). See /openapi.json."
    }

    private static func answer(to error: RecError) -> ShopError {
        let status = HTTPResponse.Status(code: error.kind.httpStatus)
        let isHidden = error.kind.httpStatus >= 500 && error.kind != .busy
        return ShopError(status: status, code: error.code.name, message: isHidden ? hidden : error.message)
    }

    private static let hidden =
        "The server could not answer. Its log gives the reason under the identifier of this request."
}

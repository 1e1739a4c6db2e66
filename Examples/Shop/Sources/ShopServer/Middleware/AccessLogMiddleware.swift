import Hummingbird

/// Logs a line for each request, with its status and the time that the answer took.
struct AccessLogMiddleware: RouterMiddleware {
    typealias Context = ShopContext

    func handle(
        _ request: Request,
        context: ShopContext,
        next: (Request, ShopContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let milliseconds = ((ContinuousClock.now - start) / .microseconds(1)).rounded() / 1000
        context.logger.log(
            level: response.status.code < 500 ? .info : .error,
            "Request",
            metadata: [
                "method": .string(request.method.rawValue),
                "path": .string(String(request.uri.path.prefix(200))),
                "status": .stringConvertible(response.status.code),
                "milliseconds": .stringConvertible(milliseconds),
            ]
        )
        return response
    }
}

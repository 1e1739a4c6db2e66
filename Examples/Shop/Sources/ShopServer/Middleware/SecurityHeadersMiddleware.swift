import Hummingbird

/// Adds the fields that tell browsers what an answer is not for.
///
/// Fields that an answer sets itself take precedence: the page has its own content policy and the fields that apply to
/// documents only, and pictures may be cached.
struct SecurityHeadersMiddleware: RouterMiddleware {
    typealias Context = ShopContext

    private static let fields: HTTPFields = [
        .cacheControl: "no-store",
        .contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'",
        .xContentTypeOptions: "nosniff",
        .frameOptions: "DENY",
        .referrerPolicy: "same-origin",
        .resourcePolicy: "same-origin",
    ]

    func handle(
        _ request: Request,
        context: ShopContext,
        next: (Request, ShopContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        for field in Self.fields where !response.headers.contains(field.name) { response.headers.append(field) }
        return response
    }
}

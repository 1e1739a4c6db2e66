import Hummingbird

/// Adds the fields that tell browsers what an answer is not for.
///
/// What an answer says itself stands: the page has a content policy of its own, with those fields that mean something
/// for documents alone, and pictures may be kept.
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

import Hummingbird

/// The page of the shop.
struct PageRoutes {
    let generations: GenerationSwitch
    let documents: DocumentCache

    func add(to router: some RouterMethods<ShopContext>) {
        router.get("/", use: page)
    }

    /// `GET /`.
    @Sendable private func page(_ request: Request, _ context: ShopContext) async throws -> Response {
        try await generations.withCurrent { generation in
            .cached(
                try await documents.document(of: generation),
                type: "text/html; charset=utf-8",
                for: request,
                cacheControl: "no-cache",
                headers: [
                    .contentSecurityPolicy: PageFiles.contentPolicy,
                    .openerPolicy: "same-origin",
                    .permissionsPolicy: "camera=(self), geolocation=(), microphone=()",
                ]
            )
        }
    }
}

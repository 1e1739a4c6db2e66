import Hummingbird

/// What a catalogue can be filtered by.
struct FacetRoutes {
    let generations: GenerationSwitch
    let facets: FacetCache

    func add(to router: some RouterMethods<ShopContext>) {
        router.get("facets", use: list)
    }

    /// `GET /facets`.
    @Sendable private func list(_ request: Request, _ context: ShopContext) async throws -> Response {
        try await generations.withCurrent { generation in try .json(await facets.facets(of: generation).facets) }
    }
}

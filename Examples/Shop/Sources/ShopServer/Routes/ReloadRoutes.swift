import Hummingbird

/// Exchanges the index while requests are answered.
struct ReloadRoutes {
    let reloader: Reloader

    func add(to router: some RouterMethods<ShopContext>) {
        router.post("reload", use: reload)
    }

    /// `POST /reload`: the same as SIGHUP, with an answer.
    @Sendable private func reload(_ request: Request, _ context: ShopContext) async throws -> Response {
        do {
            return try .json(["generation": await reloader.reload()])
        } catch let error as ShopError {
            throw error
        } catch {
            throw ShopError(
                status: .conflict,
                code: "reload-failed",
                message: "The new index cannot be used, so the previous one stays. The log gives the reason."
            )
        }
    }
}

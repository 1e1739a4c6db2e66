import Hummingbird
import Metrics
import NIOCore

/// What operators and their tools ask.
struct OperationRoutes {
    let generations: GenerationSwitch
    let gates: [PictureGate]
    let bodies: BodyBudget
    let metrics: PrometheusMetrics

    func add(to router: some RouterMethods<ShopContext>) {
        router.get("health") { _, _ in try Response.json(["status": "ok"]) }
        router.get("ready", use: ready)
        router.get("metrics", use: metricsText)
        router.get("openapi.json") { request, _ in
            Response.cached(Self.description, type: "application/json", for: request, cacheControl: "no-cache")
        }
    }

    /// The description of the routes, OpenAPI in JSON.
    private static let description = TaggedBytes(ByteBuffer(bytes: PackageResources.openapi_json))

    private struct Readiness: Encodable {
        let status: String
        let products: Int
        let generation: Int
        let writable: Bool
        let pictureSearch: Bool
    }

    /// `GET /ready`: whether searches can be answered now.
    @Sendable private func ready(_ request: Request, _ context: ShopContext) async throws -> Response {
        try await generations.withCurrent { generation in
            let readiness = Readiness(
                status: "ready",
                products: try await generation.index.index.productCount(),
                generation: generation.number,
                writable: generation.embedder != nil,
                pictureSearch: generation.network != nil
            )
            if let fault = generation.index.fault() {
                context.logger.error("The index cannot write in the background.", metadata: ["error": "\(fault)"])
            }
            return try .json(readiness)
        }
    }

    /// `GET /metrics`.
    @Sendable private func metricsText(_ request: Request, _ context: ShopContext) async throws -> Response {
        try await generations.withCurrent { generation in
            Gauge(label: "shop_pictures_under_way").record(gates.reduce(0) { $0 + $1.count })
            Gauge(label: "shop_json_body_bytes").record(bodies.count)
            Gauge(label: "shop_queue_depth").record(generation.network?.waiting ?? 0)
            Gauge(label: "shop_generation").record(generation.number)
            Gauge(label: "shop_index_fault").record(generation.index.fault() == nil ? 0 : 1)
            if let count = try? await generation.index.index.productCount() {
                Gauge(label: "shop_index_products").record(count)
            }
        }
        return .text(ByteBuffer(string: metrics.text()), type: "text/plain; version=0.0.4; charset=utf-8")
    }
}

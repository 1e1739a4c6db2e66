import Foundation
import Hummingbird
import NIOFoundationCompat
import RecCore

/// Recommendations for what a visitor likes and dislikes.
struct RecommendationRoutes {
    let generations: GenerationSwitch
    let bodies: BodyBudget
    let timeout: Duration

    /// The greatest size of the body; the library's limits on likes and seen products fit into it.
    private static let maximumBodySize = 512 << 10

    func add(to router: some RouterMethods<ShopContext>) {
        router.post("recommend", use: recommend)
    }

    /// `POST /recommend`.
    @Sendable private func recommend(_ request: Request, _ context: ShopContext) async throws -> Response {
        try await withDeadline(timeout) {
            try await bodies.reading(request, upTo: Self.maximumBodySize) { body in
                let query = try JSONDecoder().decode(RecommendationBody.self, from: Data(buffer: body)).query
                return try await generations.withCurrent { generation in
                    try await generation.answer(generation.index.index.recommend(query), after: query.offset)
                }
            }
        }
    }
}

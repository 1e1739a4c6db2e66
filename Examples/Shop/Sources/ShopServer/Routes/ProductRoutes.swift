import Hummingbird
import NIOCore
import RecCore

/// Lists of products, one product, and products similar to it.
struct ProductRoutes {
    let generations: GenerationSwitch
    let answers: AnswerCache

    func add(to router: some RouterMethods<ShopContext>) {
        router.get("products", use: list)
        router.get("products/:id", use: product)
        router.get("products/:id/similar", use: similar)
    }

    /// `GET /products?offset=&count=&ATTRIBUTE=value`.
    @Sendable private func list(_ request: Request, _ context: ShopContext) async throws -> Response {
        let parameters = try QueryParameters(request)
        let offset = try parameters.number("offset", in: 0...1_000_000_000, default: 0)
        let count = try parameters.number("count", in: 0...1000, default: 10)
        let filter = try parameters.filter()
        return try await generations.withCurrent { generation in
            try .json(await generation.page(matching: filter, offset: offset, count: count))
        }
    }

    /// `GET /products/ID`.
    @Sendable private func product(_ request: Request, _ context: ShopContext) async throws -> Response {
        let id = try context.productID()
        return try await generations.withCurrent { generation in
            try .json(ProductLine(await generation.index.product(id), generation.pictures))
        }
    }

    /// `GET /products/ID/similar?count=&offset=&imageWeight=&explain=&ATTRIBUTE=value`.
    @Sendable private func similar(_ request: Request, _ context: ShopContext) async throws -> Response {
        try await generations.withCurrent { generation in
            let body = try await answers.body(for: request.uri.string, of: generation.state) {
                try await similar(to: context.productID(), QueryParameters(request), in: generation)
            }
            return .text(body, type: "application/json")
        }
    }

    private func similar(
        to id: ProductID,
        _ parameters: QueryParameters,
        in generation: Generation
    ) async throws -> ByteBuffer {
        let (offset, count) = try parameters.page()
        let weighting = try parameters.weighting()
        let filter = try parameters.filter()
        guard try parameters.flag("explain") else {
            let found = try await generation.index.index.similar(
                to: id,
                count: count,
                offset: offset,
                weighting: weighting,
                filter: filter
            )
            return try await generation.body(found, after: offset)
        }
        // One like gives the same products, and each its reasons.
        var query = RecommendationQuery(likes: [.product(id)], count: count)
        query.offset = offset
        query.weighting = weighting
        query.filter = filter
        query.explains = true
        return try await generation.body(generation.index.index.recommend(query), after: offset)
    }
}

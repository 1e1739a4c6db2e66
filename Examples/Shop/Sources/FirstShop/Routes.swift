import Foundation
import Hummingbird
import RecCore
import RecImage
import RecIndex

// snippet.similar
struct Answer<Line: Encodable & Sendable>: ResponseEncodable {
    let results: [Ranked<Line>]
}

func router(for shop: Shop) -> Router<BasicRequestContext> {
    let router = Router()
    router.add(middleware: ErrorAnswers())
    router.get("products/:id/similar") { _, context in
        let id = try context.productID()
        let found = try Recommender(index: shop.index).similar(to: id, count: 10)
        return Answer(results: found.ranked())
    }
    addSearches(of: shop, to: router)
    addChanges(of: shop, to: router)
    return router
}

extension RequestContext {
    func productID() throws -> ProductID {
        guard let id = try parameters.require("id").removingPercentEncoding else { throw HTTPError(.badRequest) }
        return ProductID(id)
    }
}
// snippet.end

// snippet.searches
func addSearches(of shop: Shop, to router: Router<BasicRequestContext>) {
    router.post("recommend") { request, context in
        var query = try await request.decode(as: RecommendationQuery.self, context: context)
        // A visitor's browser remembers products that are sold out.
        query.ignoresUnknownExamples = true
        let found = try await Recommender(index: shop.index).recommend(query)
        return Answer(results: found.ranked(from: query.offset + 1))
    }
    router.post("search/image") { request, _ in
        let body = try await request.body.collect(upTo: 10_000_000)
        let picture = PictureSource.data(Array(body.readableBytesView))
        let found = try await Recommender(index: shop.index).similar(to: picture, using: shop.network, count: 10)
        return Answer(results: found.ranked())
    }
}
// snippet.end

// snippet.changes
func addChanges(of shop: Shop, to router: Router<BasicRequestContext>) {
    // PUT /products/ID?title=Red shirt&gender=Men, with the picture as the body.
    router.put("products/:id") { request, context in
        let body = try await request.body.collect(upTo: 10_000_000)
        var attributes: [String: AttributeValues] = [:]
        for (name, value) in request.uri.queryParameters { attributes[String(name)] = [String(value)] }
        let title = attributes.removeValue(forKey: "title")?.values.first
        let product = Product(id: try context.productID(), attributes: attributes, title: title)
        // A picture that cannot be used stops here, and nothing has changed.
        let embedded = try await shop.embedder.embed(product, picture: .data(Array(body.readableBytesView)))
        // On the disk, and found by the next search, when the call returns.
        try await shop.index.upsert(embedded)
        return HTTPResponse.Status.noContent
    }
    router.delete("products/:id") { _, context in
        try await shop.index.remove(context.productID()) ? HTTPResponse.Status.noContent : .notFound
    }
}
// snippet.end

import RecCore
import RecIndex
import RecMetadata

/// Prints a page "Recommended for you" for one visitor of a shop without pictures.
@main
struct ForYou {
    static func main() async throws {
        let shop = try await Shop(products: Catalogue.products)

        // What the shop knows of the visitor: what was looked at or bought, when, and what was sent back.
        var query = RecommendationQuery(count: 8)
        query.likes = [
            .product("r1", weight: 3, age: .days(2)),  // bought
            .product("k1", age: .days(9)),  // looked at
            .product("d1", age: .days(200)),  // looked at, long ago
            .product("x9", age: .days(1)),  // no longer in the catalogue
        ]
        query.dislikes = [.product("r6", age: .days(4))]  // sent back
        query.halfLife = .days(30)
        query.ignoresUnknownExamples = true

        // What the shop wants.
        query.filter = .number("price", in: ..<110)
        query.diversity = 0.3
        query.groupLimit = GroupLimit(attribute: "brand", count: 3)
        query.boosts = [Boost("popular", attribute: "sold", from: 0, to: 600, weight: 0.1)]

        print("Recommended for you")
        let page = try shop.recommender.recommend(query)
        for (rank, item) in page.enumerated() {
            guard let product = shop.recommender.index.product(item.id) else { continue }
            print("\(rank + 1). \(shop.line(for: product))")
            print("   \(shop.reason(for: item))")
        }
    }
}

/// An index of products and a recommender that asks it.
struct Shop {
    let recommender: Recommender

    init(products: [Product]) async throws {
        let encoder = try OneHotEncoder(
            fitting: products,
            attributes: [AttributeEncoding("type", weight: 2), AttributeEncoding("use", weight: 2), "colour", "brand"]
        )
        let embedder = ProductEmbedder(encoder: encoder)
        var builder = ExactIndexBuilder(space: embedder.space)
        _ = try await embedder.embed(products) { try builder.add($0.product, $0.embedding) }
        let index = builder.build()
        recommender = Recommender(index: index, calibration: try ScoreCalibration(of: index))
    }

    func line(for product: Product) -> String {
        let texts = ["colour", "brand", "price"].compactMap { product[$0].first }
        return "\(product.title ?? product.id.rawValue) (\(texts.joined(separator: ", ")))"
    }

    /// Why a product is on the page, in words.
    func reason(for item: Recommendation) -> String {
        let shared = item.parts.filter { $0.value >= 0.05 && !$0.shared.isEmpty }.sorted { $0.value > $1.value }
        var words = shared.map { "the same \($0.name)" }
        if item.parts.contains(where: { $0.source == .boost("popular") && $0.value >= 0.05 }) {
            words.append("popular now")
        }
        guard let id = item.because, let title = recommender.index.product(id)?.title else {
            return words.joined(separator: ", ")
        }
        return
            "Because of \(title): \(words.joined(separator: ", ")) \(item.score) \(item.parts) \(item.percentile ?? -1)"
    }
}

extension Duration {
    fileprivate static func days(_ count: Int) -> Duration { .seconds(count * 86_400) }
}

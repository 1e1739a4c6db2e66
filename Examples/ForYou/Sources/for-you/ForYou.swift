import RecCore
import RecIndex
import RecMetadata

/// Prints a page "Recommended for you" for one visitor of a shop without pictures.
@main
struct ForYou {
    static func main() async throws {
        let shop = try await Shop(products: Catalogue.products)

        // What the shop knows of the visitor: what was bought or looked at, how long ago, and what was sent back.
        var query = RecommendationQuery(count: 8)
        query.likes = [
            .product("r1", weight: 2, age: .days(14)),  // bought
            .product("k4", age: .days(1)),  // looked at
            .product("d1", age: .days(200)),  // looked at, long ago
            .product("x9", age: .days(1)),  // no longer in the catalogue
        ]
        query.dislikes = [.product("t6", age: .days(20))]  // sent back
        query.halfLife = .days(30)
        query.ignoresUnknownExamples = true

        // What may be shown: nothing dear, and not what was bought in another colour.
        query.filter = .all([.number("price", in: ..<110), .not(.has("model", "Swift Runner"))])

        // How it is shown: varied, one colour of each model, popular things a little higher.
        query.diversity = 0.2
        query.groupLimits = [GroupLimit(attribute: "model", count: 1)]
        query.boosts = [Boost("popular", attribute: "sold", from: 0, to: 600, weight: 0.1)]

        print("Recommended for you")
        let page = try await shop.recommender.recommend(query)
        for (rank, item) in page.enumerated() {
            guard let product = shop.recommender.index.product(item.id) else { continue }
            print("\(rank + 1). \(shop.line(for: product))")
            print("   \(shop.reason(for: item))")
        }
    }
}

/// The products of a shop and what recommends them.
struct Shop {
    let recommender: Recommender<Index>

    /// Compares products by type, use, colour and brand; all of their attributes can be filtered by.
    init(products: [Product]) async throws {
        let encoder = try OneHotEncoder(
            fitting: products,
            attributes: [AttributeEncoding("type", weight: 2), "use", "colour", "brand"]
        )
        let embedder = ProductEmbedder(encoder: encoder)
        var builder = IndexBuilder(space: embedder.space)
        _ = try await builder.add(products, embeddedBy: embedder)
        recommender = Recommender(index: try await builder.build())
    }

    /// What a customer sees of a product.
    func line(for product: Product) -> String {
        let texts = ["colour", "brand", "price"].compactMap { product[$0].first }
        return "\(product.title ?? product.id.rawValue) (\(texts.joined(separator: ", ")))"
    }

    /// Why a product is on the page, in words: the like that counts most, and what the product shares with it.
    func reason(for item: Recommendation) -> String {
        let liked = item.because.flatMap { recommender.index.product($0) }
        var words: [String] = []
        for part in item.parts.sorted(by: { $0.value > $1.value }) where part.value >= 0.05 {
            switch part.source {
            case .attribute(let name): words += part.shared.filter { liked?[name].values.contains($0) ?? false }
            case .boost: words.append("\(part.name) now")
            default: break
            }
        }
        let start = liked?.title.map { "Like \($0): " } ?? ""
        return start + words.joined(separator: ", ")
    }
}

extension Duration {
    fileprivate static func days(_ count: Int) -> Duration { .seconds(count * 86_400) }
}

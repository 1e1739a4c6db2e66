// More like this, but cheaper.
import RecCore
import RecIndex

// snippet.filter
func cheaper(than id: ProductID, recommender: Recommender<Index>) throws -> [Recommendation] {
    guard let price = recommender.index.product(id)?.price else { return [] }
    var query = RecommendationQuery(likes: [.product(id)])
    query.filter = .number("price", in: (0.5 * price)..<price)
    return try recommender.recommend(query)
}

extension Product {
    /// The price, if there is one that can be paid.
    var price: Double? {
        self["price"].first.flatMap { Double($0) }.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
    }
}
// snippet.end

// snippet.boost
func cheaperFirst(than id: ProductID, recommender: Recommender<Index>) throws -> [Recommendation] {
    var query = RecommendationQuery(likes: [.product(id)])
    if let price = recommender.index.product(id)?.price {
        // Nothing at the product's own price and above, 0.1 at half of it and below.
        query.boosts = [Boost("cheaper", attribute: "price", from: price, to: 0.5 * price, weight: 0.1)]
    }
    return try recommender.recommend(query)
}
// snippet.end

if CommandLine.arguments.count == 3 {
    let recommender = Recommender(index: try Index.open(path: CommandLine.arguments[1]))
    let id = ProductID(CommandLine.arguments[2])
    print(try cheaper(than: id, recommender: recommender).map(\.id))
    print(try cheaperFirst(than: id, recommender: recommender).map(\.id))
}

// Dislikes: hard by a filter, soft by an example.
import RecCore
import RecIndex
import RecMetadata

// snippet.hard
func never(_ brand: String, likes: [Example], seen: Set<ProductID>) -> RecommendationQuery {
    var query = RecommendationQuery(likes: likes)
    query.filter = .all([
        .not(.has("brand", brand)),
        .has("gender", anyOf: ["Women", "Unisex"]),
        .any([.has("season", "Summer"), .number("price", in: ..<20)]),
    ])
    query.excluded = seen
    return query
}
// snippet.end

// snippet.soft
func rather(than brand: String, likes: [Example], encoder: OneHotEncoder) throws -> RecommendationQuery {
    let disliked = try Example.attributes(["brand": AttributeValues([brand])], encodedBy: encoder)
    return RecommendationQuery(likes: likes, dislikes: [disliked])
}
// snippet.end

// snippet.negative
func anythingBut(_ sentBack: [ProductID]) -> RecommendationQuery {
    var query = RecommendationQuery(dislikes: sentBack.map { .product($0) })
    query.boosts = [Boost("popular", attribute: "sales", from: 0, to: 1000, weight: 0.1)]
    return query
}
// snippet.end

if CommandLine.arguments.count == 3 {
    let index = try Index.open(path: CommandLine.arguments[1])
    let query = anythingBut([ProductID(CommandLine.arguments[2])])
    print(try Recommender(index: index).recommend(query).map(\.id))
}

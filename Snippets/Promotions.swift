// What the business wants to be seen.
import RecCore
import RecIndex

// snippet.show
func promoted(likes: [Example], campaign: [ProductID], blocked: Set<ProductID>) -> RecommendationQuery {
    var query = RecommendationQuery(likes: likes)
    query.boosts = [
        Boost("popular", attribute: "sales", from: 0, to: 1000, weight: 0.05),
        Boost("new", attribute: "daysOnSale", from: 30, to: 0, weight: 0.05),
        Boost("own brand") { $0["brand"].first == "Ours" ? 0.03 : 0 },
    ]
    query.pinned = campaign
    query.excluded = blocked
    return query
}
// snippet.hide

if CommandLine.arguments.count == 3 {
    let index = try Index.open(path: CommandLine.arguments[1])
    let likes = [Example.product(ProductID(CommandLine.arguments[2]))]
    print(try Recommender(index: index).recommend(promoted(likes: likes, campaign: [], blocked: [])).map(\.id))
}

// An answer that is not ten times the same.
import RecCore
import RecIndex

// snippet.show
func varied(likes: [Example], page: Int) -> RecommendationQuery {
    var query = RecommendationQuery(likes: likes, count: 12)
    query.offset = page * 12
    query.diversity = 0.3
    query.poolCount = 100
    query.groupLimits = [GroupLimit(attribute: "article", count: 1)]
    return query
}
// snippet.hide

if CommandLine.arguments.count == 3 {
    let index = try Index.open(path: CommandLine.arguments[1])
    let query = varied(likes: [.product(ProductID(CommandLine.arguments[2]))], page: 0)
    print(try Recommender(index: index).recommend(query).map(\.id))
}

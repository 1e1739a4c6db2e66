// Recommendations from what a person did.
import RecCore
import RecIndex

// snippet.show
struct Visit {
    let product: ProductID
    let age: Duration
    let bought: Bool
}

func forYou(_ history: [Visit], seen: Set<ProductID>, page: Int) -> RecommendationQuery {
    let likes = history.map { Example.product($0.product, weight: $0.bought ? 3 : 1, age: $0.age) }
    var query = RecommendationQuery(likes: likes, strategy: .mean, count: 20)
    query.halfLife = .seconds(30 * 86_400)
    query.ignoresUnknownExamples = true
    query.excluded = seen
    query.offset = 20 * page
    return query
}
// snippet.hide

if CommandLine.arguments.count == 3 {
    let index = try Index.open(path: CommandLine.arguments[1])
    let visit = Visit(product: ProductID(CommandLine.arguments[2]), age: .seconds(3600), bought: true)
    print(try Recommender(index: index).recommend(forYou([visit], seen: [], page: 0)).map(\.id))
}

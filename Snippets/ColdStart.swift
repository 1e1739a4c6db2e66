// Products without sales and visitors without a history.
import RecCore
import RecImage
import RecIndex
import RecMetadata

// snippet.product
func similar(
    toPicture path: String,
    attributes: [String: AttributeValues],
    network: CNNFeatureExtractor,
    encoder: OneHotEncoder,
    recommender: Recommender<Index>
) async throws -> [Recommendation] {
    let new = try await Example.picture(.file(path), using: network, attributes: attributes, encodedBy: encoder)
    return try await recommender.recommend(RecommendationQuery(likes: [new]))
}
// snippet.end

// snippet.attributes
func similar(
    to attributes: [String: AttributeValues],
    encoder: OneHotEncoder,
    recommender: Recommender<Index>
) throws -> [Recommendation] {
    let planned = try Example.attributes(attributes, encodedBy: encoder)
    return try recommender.recommend(RecommendationQuery(likes: [planned]))
}
// snippet.end

// snippet.visitor
func welcome(
    landedOn category: String,
    encoder: OneHotEncoder,
    recommender: Recommender<Index>
) throws -> [Recommendation] {
    let interest = try Example.attributes(["articleType": AttributeValues([category])], encodedBy: encoder)
    var query = RecommendationQuery(likes: [interest])
    query.boosts = [Boost("popular", attribute: "sales", from: 0, to: 1000, weight: 0.5)]
    query.poolCount = 1000
    query.diversity = 0.2
    return try recommender.recommend(query)
}
// snippet.end

if CommandLine.arguments.count == 3 {
    let index = try Index.open(path: CommandLine.arguments[1])
    let found = try welcome(
        landedOn: CommandLine.arguments[2],
        encoder: OneHotEncoder(space: index.space, notes: index.notes),
        recommender: Recommender(index: index)
    )
    print(found.map(\.id))
}

// Why a product was shown.
import RecCore
import RecIndex

// snippet.words
func reason(for item: Recommendation, in index: some LocalIndex) -> String {
    let liked = item.because.flatMap { index.product($0) }
    var words: [String] = []
    for part in item.parts.sorted(by: { $0.value > $1.value }) where part.value >= 0.05 {
        switch part.source {
        case .block: words.append("a similar look")
        // The part is about all likes; say only what the product shares with the one that is named.
        case .attribute(let name): words += part.shared.filter { liked?[name].values.contains($0) ?? false }
        case .boost(let name): words.append(name)
        case .similarity: break
        }
    }
    let start = liked?.title.map { "Because you liked \($0): " } ?? ""
    return start + words.prefix(3).joined(separator: ", ")
}
// snippet.end

// snippet.percentile
func explainer<Index: SimilarityIndex>(for index: Index) async throws -> (Recommender<Index>, leastScore: Double?) {
    let weighting = Weighting(try BlockWeights(image: 0.6))
    let calibration = try await ScoreCalibration(of: index, weighting: weighting)
    let recommender = Recommender(index: index, weighting: weighting, calibration: calibration)
    // Whatever is less alike than 95 of 100 random pairs is no recommendation.
    return (recommender, calibration.score(atPercentile: 95))
}
// snippet.end

if CommandLine.arguments.count == 3 {
    let (recommender, leastScore) = try await explainer(for: Index.open(path: CommandLine.arguments[1]))
    var query = RecommendationQuery(likes: [.product(ProductID(CommandLine.arguments[2]))])
    query.minimumSimilarity = leastScore
    for item in try recommender.recommend(query) {
        print(item.id, item.percentile ?? 0, reason(for: item, in: recommender.index))
    }
}

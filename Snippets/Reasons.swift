// Why a product was shown.
import RecCore
import RecIndex

// snippet.words
func reason(for item: Recommendation, in index: any SimilarityIndex) -> String {
    let words = item.parts.filter { $0.value >= 0.05 }.sorted { $0.value > $1.value }.prefix(2).compactMap { part in
        switch part.source {
        case .block: "it looks alike"
        case .attribute(let name): part.shared.isEmpty ? nil : "same \(name)"
        case .boost(let name): name
        case .similarity: nil
        }
    }
    let why = words.joined(separator: ", ")
    guard let title = item.because.flatMap({ index.product($0)?.title }) else { return why }
    return why.isEmpty ? "Because you liked \(title)" : "Because you liked \(title): \(why)"
}
// snippet.end

// snippet.percentile
func explainer(for index: any SimilarityIndex) throws -> (Recommender, leastScore: Double?) {
    let weights = WeightedFusion(try BlockWeights(image: 0.6))
    let calibration = try ScoreCalibration(of: index, fusion: weights)
    let recommender = Recommender(index: index, fusion: weights, calibration: calibration)
    // Whatever is less alike than 95 of 100 random pairs is no recommendation.
    return (recommender, calibration.score(atPercentile: 95))
}
// snippet.end

if CommandLine.arguments.count == 3 {
    let (recommender, leastScore) = try explainer(for: try ExactIndex(path: CommandLine.arguments[1]))
    var query = RecommendationQuery(likes: [.product(ProductID(CommandLine.arguments[2]))])
    query.minimumScore = leastScore
    for item in try recommender.recommend(query) {
        print(item.id, item.percentile ?? 0, reason(for: item, in: recommender.index))
    }
}

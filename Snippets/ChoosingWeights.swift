// Weights that rank best by what is known to be relevant.
import RecCore
import RecEvaluation
import RecIndex

// snippet.show
func recommender(for index: some SimilarityIndex) throws -> Recommender {
    // Products of one type belong together; the type itself is not in the metadata block.
    let report = try WeightLearner(k: 10).learn(from: .sharing("articleType"), on: index)
    print(report)  // the verdict, and nDCG@10 with its interval on queries that were not learned from
    return Recommender(index: index, weights: report.recommended)
}

func weights(clickedIn lists: [ImpressionList], on index: some SimilarityIndex) throws -> LearnedWeights {
    try WeightLearner().learn(from: lists, on: index).recommended
}
// snippet.hide

if CommandLine.arguments.count == 2 {
    print(try recommender(for: Index.open(path: CommandLine.arguments[1])).attributeWeights)
}

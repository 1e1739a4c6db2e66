// Weights that rank best by what is known to be relevant.
import RecCore
import RecEvaluation
import RecIndex

// snippet.show
func recommender<Index: SimilarityIndex>(for index: Index) async throws -> Recommender<Index> {
    // Products of one type belong together; the type itself is not in the metadata block.
    let report = try await WeightLearner(count: 10).learn(from: .sharing("articleType"), on: index)
    print(report)  // the verdict, and nDCG@10 with its interval on queries that were not learned from
    return Recommender(index: index, weighting: report.recommended)
}

func weights(clickedIn lists: [ImpressionList], on index: some SimilarityIndex) async throws -> Weighting {
    try await WeightLearner().learn(from: lists, on: index).recommended
}
// snippet.hide

if CommandLine.arguments.count == 2 {
    print(try await recommender(for: Index.open(path: CommandLine.arguments[1])).weighting)
}

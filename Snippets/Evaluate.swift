// How good recommendations are, judged by an attribute that takes no part in them.
import RecCore
import RecEvaluation
import RecIndex

// snippet.show
func evaluate(_ index: Index) async throws {
    let evaluation = Evaluation(.sharing("articleType"), count: 10)
    let systems = Evaluation.System.blocksAndFused(of: index.space, Weighting(try BlockWeights(image: 0.8)))
    let comparison = try await evaluation.compare(systems, on: index, threads: 4)
    print(comparison)
    if let gain = comparison.rows.first?.gains[.precision], gain.excludesZero {
        print("Attributes change the precision of pictures alone by \(gain)")
    }
    let twins = try await NearDuplicates.find(in: index, threshold: 0.99, threads: 4)
    print("\(twins.groups.count) groups of products look the same")
}
// snippet.hide

if CommandLine.arguments.count == 2 {
    try await evaluate(Index.open(path: CommandLine.arguments[1]))
}

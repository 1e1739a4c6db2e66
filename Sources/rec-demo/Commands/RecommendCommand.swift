package import ArgumentParser
package import RecCore
import RecEngines

/// `rec-demo recommend`: products for what a person likes and dislikes.
package struct RecommendCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "recommend",
        abstract: "Print products for what a person likes and dislikes."
    )

    @OptionGroup var source: IndexOption

    @Option(help: ArgumentHelp("A product that is liked.", valueName: "id[=weight]"))
    var like: [ExampleOption] = []

    @Option(help: ArgumentHelp("A product that is not liked.", valueName: "id[=weight]"))
    var dislike: [ExampleOption] = []

    @Option(
        help: "How several examples become one score: mean, best or sum.",
        transform: { name in
            guard let strategy = ExampleStrategy(rawValue: name) else {
                throw ValidationError("The strategy must be mean, best or sum.")
            }
            return strategy
        }
    )
    var strategy = ExampleStrategy.mean

    @Option(help: "How many products to print.")
    var count = 10

    @OptionGroup var shape: ShapeOptions

    @OptionGroup var weight: ImageWeightOption

    @OptionGroup var attributeWeights: AttributeWeightOption

    @OptionGroup var filter: FilterOption

    @Flag(help: "Say what each score is made of.")
    var explain = false

    @Flag(help: "Print one JSON object a line.")
    var json = false

    package init() {}

    package func validate() throws {
        guard !like.isEmpty || !dislike.isEmpty else { throw ValidationError("Give a --like or a --dislike.") }
        guard count >= 0 else { throw ValidationError("--count must be 0 or more.") }
        guard (like + dislike).allSatisfy({ $0.example.weight.isFinite && $0.example.weight >= 0 }) else {
            throw ValidationError("The weight of an example must be 0 or greater.")
        }
    }

    /// What the options ask for.
    package var query: RecommendationQuery {
        var query = RecommendationQuery(
            likes: like.map(\.example),
            dislikes: dislike.map(\.example),
            strategy: strategy,
            count: count
        )
        query.filter = filter.filter
        query.explains = explain
        shape.apply(to: &query)
        return query
    }

    package func run() async throws {
        try await Failure.exiting { try await answer(from: source.open()) }
    }

    private func answer(from index: some AnnotatedIndex) async throws {
        var query = query
        query.likes = try await examples(like, in: index)
        query.dislikes = try await examples(dislike, in: index)
        let answer = try await recommender(for: index).recommend(query)
        if answer.isEmpty, count > 0 { Console.note("No product is left that matches and can be compared.") }
        if json {
            for line in answer.ranked(from: query.offset + 1) { try Console.result(JSONValue(encoding: line).text) }
        } else {
            let rows = answer.map { product in
                NeighborTable.Row(
                    id: product.id,
                    score: product.score,
                    cosines: product.cosines,
                    note: explain ? product.reasons : nil
                )
            }
            try await NeighborTable(rows, index: index, before: query.offset).print()
        }
    }
}

extension RecommendCommand {
    /// The examples of options, whose identifiers may end like a weight.
    private func examples(_ options: [ExampleOption], in index: some SimilarityIndex) async throws -> [Example] {
        var result: [Example] = []
        for option in options { result.append(try await option.example(in: index)) }
        return result
    }

    /// A recommender that can say what scores mean, when they are to be explained.
    private func recommender<Index: SimilarityIndex>(for index: Index) async throws -> Recommender<Index> {
        let weighting = weight.weighting(attributeWeights)
        let calibration = explain ? try await ScoreCalibration(of: index, weighting: weighting, seed: 1) : nil
        return Recommender(index: index, weighting: weighting, calibration: calibration)
    }
}

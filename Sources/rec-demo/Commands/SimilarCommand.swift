import ArgumentParser
import RecCore
import RecEngines
import RecImage

/// `rec-demo similar`: the products nearest to one of the index or to a picture.
struct SimilarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "similar",
        abstract: "Print the products most similar to a product or to a picture."
    )

    @OptionGroup var source: IndexOption

    @Option(help: "The product to start from.")
    var id: String?

    @Option(help: "The picture file to start from, instead of a product.")
    var image: String?

    @Option(help: "How many products to print.")
    var count = 10

    @OptionGroup var weight: ImageWeightOption

    @OptionGroup var attributeWeights: AttributeWeightOption

    @OptionGroup var filter: FilterOption

    @Flag(help: "Print one JSON object a line.")
    var json = false

    @Option(help: "Where the weights are now, if they moved since the index was built; for --image.")
    var weights: String?

    private static let emptyAnswer = """
        No product can be compared: none matches the filter, or none shares a block of positive weight with the query, \
        as when it has no picture and the image weight is 1.
        """

    func validate() throws {
        guard (id == nil) != (image == nil) else { throw ValidationError("Give either --id or --image.") }
        guard count >= 0 else { throw ValidationError("--count must be 0 or more.") }
    }

    func run() async throws {
        try await Failure.exiting { try await answer(from: source.open()) }
    }

    private func answer(from index: some AnnotatedIndex) async throws {
        let recommender = Recommender(index: index, weighting: weight.weighting(attributeWeights))
        let neighbors: [Neighbor]
        if let id {
            neighbors = try await recommender.similar(to: ProductID(id), count: count, filter: filter.filter)
        } else {
            let extractor = try IndexedNetwork(of: index).extractor(weights: weights)
            neighbors = try await recommender.similar(
                to: .file(image ?? ""),
                using: extractor,
                count: count,
                filter: filter.filter
            )
        }
        if neighbors.isEmpty, count > 0 { Console.note(Self.emptyAnswer) }
        if json {
            for line in neighbors.ranked() { try Console.result(JSONValue(encoding: line).text) }
        } else {
            let rows = neighbors.map { NeighborTable.Row(id: $0.id, score: $0.score, cosines: $0.cosines) }
            try await NeighborTable(rows, index: index).print()
        }
    }
}

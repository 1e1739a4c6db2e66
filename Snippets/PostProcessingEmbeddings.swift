// Steps after the network, fitted once and kept with the index.
import RecCore
import RecEvaluation
import RecIndex

// snippet.show
func postProcessed(_ products: [EmbeddedProduct], in space: EmbeddingSpace) async throws -> Index {
    let sample = products.prefix(10_000).compactMap { item in
        item.embedding[.image]?.vector
    }
    let plan = PostProcessing(power: 0.5, projection: .principalComponents(dimension: 512, exponent: -0.25))
    let transform = try await plan.fit(to: sample)

    var builder = try IndexBuilder(space: transform.apply(to: space))
    for item in products {
        let better = try transform.apply(to: item)
        try builder.add(better.product, better.embedding)
    }
    builder.notes["image.transform"] = transform.text
    return try await builder.build()
}

func queryExtractor<Network: FeatureExtractor>(
    for index: Index,
    _ network: Network
) throws -> PostProcessedExtractor<Network>? {
    guard let text = index.notes["image.transform"] else { return nil }
    return try PostProcessedExtractor(network, transform: EmbeddingTransform(text: text))
}
// snippet.hide

if CommandLine.arguments.count == 2 {
    let index = try Index.open(path: CommandLine.arguments[1])
    print(index.notes["image.transform"] == nil ? "as the network made them" : "post-processed")
}

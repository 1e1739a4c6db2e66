// Recommendations from a catalogue folder, in a host.
import RecCore
import RecImage
import RecIndex
import RecMetadata
import RecNetwork

// snippet.show
func recommendations(for id: ProductID, catalogue folder: String, weights: String) async throws -> [Neighbor] {
    let catalogue = try await KaggleCatalogue(path: folder).read()
    let encoder = try OneHotEncoder(fitting: catalogue.products, attributes: ["gender", "articleType", "baseColour"])
    let network = try CNNFeatureExtractor(.resnet50, weights: WeightFile(path: weights))
    let embedder = ProductEmbedder(extractor: network, encoder: encoder, threads: 4) { $0.picture.map { .file($0) } }
    var builder = IndexBuilder(space: embedder.space)
    let report = try await embedder.embed(catalogue.products) { try builder.add($0.product, $0.embedding) }
    print("\(report.embedded) products, \(report.failures.count) failures")
    let recommender = Recommender(index: try await builder.build())
    return try await recommender.similar(to: id, count: 10, filter: .has("gender", anyOf: ["Women", "Unisex"]))
}
// snippet.hide

if CommandLine.arguments.count == 4 {
    let arguments = CommandLine.arguments
    for neighbor in try await recommendations(
        for: ProductID(arguments[3]),
        catalogue: arguments[1],
        weights: arguments[2]
    ) {
        print(neighbor.id, neighbor.score)
    }
}

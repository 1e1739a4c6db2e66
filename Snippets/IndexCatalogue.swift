// An index of a catalogue folder, made by a job of its own.
import RecCore
import RecImage
import RecIndex
import RecMetadata

// snippet.show
func index(catalogue folder: String, weights: String, to path: String) async throws {
    let products = try await KaggleCatalogue(path: folder).read().products
    let encoder = try await OneHotEncoder.fitted(to: products, attributes: ["gender", "articleType", "baseColour"])
    let network = try CNNFeatureExtractor(.resnet50, weights: weights)
    let embedder = ProductEmbedder(extractor: network, encoder: encoder, threads: 4) { $0.pictures.map { .file($0) } }
    var builder = IndexBuilder(space: embedder.space)
    builder.notes = encoder.notes
    let report = try await builder.add(products, embeddedBy: embedder)
    print("\(report.embedded) products, \(report.failures.count) failures")
    try await builder.build().write(to: path)
}
// snippet.hide

if CommandLine.arguments.count == 4 {
    let arguments = CommandLine.arguments
    try await index(catalogue: arguments[1], weights: arguments[2], to: arguments[3])
}

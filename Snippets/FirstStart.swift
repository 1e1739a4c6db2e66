// A live index that is made at the first start and opened again at every later one.
import RecCore
import RecImage
import RecIndex
import RecMetadata

// snippet.show
func open(_ path: String, catalogue folder: String, network: some FeatureExtractor<PictureSource>) async throws
    -> LiveIndex
{
    do {
        return try LiveIndex(path: path)
    } catch {
        guard error.code == .fileNotFound else { throw error }
        return try await fill(path, catalogue: folder, network: network)
    }
}

func fill(_ path: String, catalogue folder: String, network: some FeatureExtractor<PictureSource>) async throws
    -> LiveIndex
{
    let products = try await KaggleCatalogue(path: folder).read().products
    let encoder = try await OneHotEncoder.fitted(to: products, attributes: ["gender", "articleType", "baseColour"])
    let embedder = ProductEmbedder(extractor: network, encoder: encoder) { $0.pictures.map { .file($0) } }
    var embedded: [EmbeddedProduct] = []
    let report = try await embedder.embed(products) { embedded.append($0) }
    print("\(report.embedded) products, \(report.failures.count) failures")
    let index = try LiveIndex(path: path, space: embedder.space, notes: encoder.notes)
    // All at once: one wait for the disk, and after a stop all products or none.
    try await index.upsert(embedded)
    return index
}
// snippet.hide

if CommandLine.arguments.count == 4 {
    let arguments = CommandLine.arguments
    let network = try CNNFeatureExtractor(.resnet50, weights: arguments[3])
    print(try await open(arguments[1], catalogue: arguments[2], network: network).count)
}

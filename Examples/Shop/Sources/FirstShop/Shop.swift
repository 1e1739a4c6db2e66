import RecCore
import RecImage
import RecIndex
import RecMetadata

// snippet.shop
/// What all requests share: opened once, at start-up.
struct Shop: Sendable {
    let network: ExtractionQueue<CNNFeatureExtractor>
    let index: LiveIndex
    let embedder: ProductEmbedder<PictureSource>

    init(path: String, catalogue folder: String, weights: String) async throws {
        let extractor = try CNNFeatureExtractor(
            .efficientNetLite0,
            weights: weights,
            settings: .init(maximumPixelCount: 25_000_000)
        )
        network = try ExtractionQueue(extractor, threads: 2)
        index = try await open(path, catalogue: folder, network: network)
        let encoder = try OneHotEncoder(space: index.space, notes: index.notes)
        embedder = ProductEmbedder(extractor: network, encoder: encoder) { $0.pictures.map { .file($0) } }
    }
}
// snippet.end

// snippet.open
/// Opens the index, and fills it from the catalogue at the first start.
func open(
    _ path: String,
    catalogue folder: String,
    network: some FeatureExtractor<PictureSource>
) async throws -> LiveIndex {
    do {
        let index = try LiveIndex(path: path)
        // It is empty when a first start ended before its products were stored.
        guard index.count == 0 else { return index }
        try await index.close()
    } catch let error as RecError where error.code == .fileNotFound {
        // There is none yet.
    }
    let products = try await KaggleCatalogue(path: folder).read().products
    let encoder = try await OneHotEncoder.fitted(to: products, attributes: ["gender", "articleType", "baseColour"])
    let embedder = ProductEmbedder(extractor: network, encoder: encoder) { $0.pictures.map { .file($0) } }
    var embedded: [EmbeddedProduct] = []
    let report = try await embedder.embed(products) { embedded.append($0) }
    print("\(report.embedded) products, \(report.failures.count) failures")
    let index = try LiveIndex(path: path, space: embedder.space, notes: encoder.notes)
    try await index.upsert(embedded)
    return index
}
// snippet.end

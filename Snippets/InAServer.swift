// The state of a server: opened once, shared by all requests.
import RecCore
import RecImage
import RecIndex
import RecMetadata

// snippet.show
struct ShopServer: Sendable {
    let index: LiveIndex
    let network: ExtractionQueue<CNNFeatureExtractor>
    let embedder: ProductEmbedder<PictureSource>

    // At start-up.
    init(index path: String, weights: String, threads: Int) throws {
        index = try LiveIndex(path: path)
        network = try ExtractionQueue(CNNFeatureExtractor(.resnet50, weights: weights), threads: threads)
        let encoder = try OneHotEncoder(space: index.space, notes: index.notes)
        embedder = ProductEmbedder(extractor: network, encoder: encoder) { $0.pictures.map { .file($0) } }
    }

    // GET /products/ID/similar
    func similar(to id: ProductID) throws -> [Neighbor] {
        try Recommender(index: index).similar(to: id)
    }

    // POST /search/image
    func similar(toPicture body: [UInt8]) async throws -> [Neighbor] {
        try await Recommender(index: index).similar(to: .data(body), using: network)
    }

    // PUT /products/ID
    func put(_ product: Product, picture: [UInt8]) async throws {
        let embedded = try await embedder.embed(product, picture: .data(picture))
        try await index.upsert([embedded])
    }
}
// snippet.hide

if CommandLine.arguments.count == 4 {
    let arguments = CommandLine.arguments
    let server = try ShopServer(index: arguments[1], weights: arguments[2], threads: 2)
    print(try server.similar(to: ProductID(arguments[3])))
}

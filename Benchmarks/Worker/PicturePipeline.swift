import RecCore
import RecImage
import RecNetwork

/// From JPEG files to embeddings, as a host indexes its catalogue.
struct PicturePipeline {
    private let embedder: ProductEmbedder<PictureSource>

    /// How long it took to open the weights and to compile the network.
    let openingTime: Duration

    /// Opens the weights and compiles the network.
    init(_ command: Command) throws {
        let weights = try command.required(command.weights, "weights")
        let backbone = try command.required(command.backbone, "backbone")
        let layer = FeatureLayer(rawValue: try command.required(command.layer, "layer"))
        let threads = try command.positive(command.threads, "threads")
        let batch = try command.positive(command.batch, "batch")
        let settings = ExtractionSettings(layer: layer, decoding: try ExtractionSettings.Decoding(command))
        let start = ContinuousClock.now
        let extractor = try Execution.extractor(
            backbone,
            weights: WeightFile(path: weights),
            settings: settings,
            batch: batch
        )
        embedder = ProductEmbedder(extractor: extractor, threads: threads, batch: batch) { product in
            product.picture.map { .file($0) }
        }
        openingTime = ContinuousClock.now - start
    }

    /// Embeds files; a picture that fails is an error.
    func run(_ files: [String]) async throws -> (embeddings: [Float], time: Duration) {
        let products = files.enumerated().map { index, path in Product(id: ProductID("\(index)"), picture: path) }
        var embeddings: [Float] = []
        let start = ContinuousClock.now
        let report = try await embedder.embed(products) { embedded in
            if let vector = embedded.embedding[.image]?.vector { embeddings += vector.components }
        }
        let time = ContinuousClock.now - start
        if let failure = report.failures.first {
            throw BenchError("picture \(failure.product): \(failure.error)")
        }
        return (embeddings, time)
    }
}

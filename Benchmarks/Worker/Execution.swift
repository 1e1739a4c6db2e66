import RecImage
import RecNetwork

/// How the library is told about batches and threads: the only place in this worker that knows.
struct Execution {
    /// Images handed to the network at once.
    let batch: Int
    /// Threads that one run of the network may use.
    let threads: Int

    /// A network for prepared images.
    func model(_ backbone: String, layer: FeatureLayer, weights: WeightFile) throws -> BackboneModel {
        BLAS.setThreadCount(threads)
        return try BackboneModel(
            named: backbone,
            weights: weights,
            layer: layer,
            execution: ExecutionSettings(batch: batch, threads: threads)
        )
    }

    /// An extractor for many pictures, several of them in flight in tasks.
    static func extractor(
        _ backbone: String,
        weights: WeightFile,
        settings: ExtractionSettings,
        batch: Int = 8
    ) throws -> CNNFeatureExtractor {
        BLAS.setThreadCount(1)
        return try CNNFeatureExtractor(
            .named(backbone),
            weights: weights,
            settings: settings,
            execution: ExecutionSettings(batch: batch)
        )
    }
}

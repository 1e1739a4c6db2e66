import RecImage
import RecNetwork

/// How the library is told about batches and threads: the only place in this worker that knows.
struct Execution {
    /// Images handed to the network at once.
    let batch: Int
    /// Threads that one run of the network may use.
    let threads: Int

    /// The arithmetic of convolutions.
    let arithmetic: ExecutionSettings.Arithmetic

    /// What the harness calls the arithmetics, those of fewer bits as the library does.
    static let arithmetics = ["float32", "bfloat16", "int8"]

    init(batch: Int, threads: Int, arithmetic: String?) throws(BenchError) {
        self.batch = batch
        self.threads = threads
        let name = arithmetic ?? "float32"
        guard Self.arithmetics.contains(name) else { throw BenchError("no arithmetic '\(name)'") }
        self.arithmetic = ExecutionSettings.Arithmetic(rawValue: name) ?? .fastest
    }

    /// A network for prepared images; in `int8` with ranges.
    func model(
        _ backbone: String,
        layer: FeatureLayer,
        weights: WeightFile,
        ranges: ActivationRanges?
    ) throws -> BackboneModel {
        BLAS.setThreadCount(threads)
        return try BackboneModel(
            backbone: Backbone.named(backbone),
            weights: weights,
            layer: layer,
            execution: ExecutionSettings(batch: batch, threads: threads, arithmetic: arithmetic),
            ranges: ranges
        )
    }

    /// The ranges of a network's maps on prepared images.
    static func ranges(
        _ backbone: String,
        layer: FeatureLayer,
        weights: WeightFile,
        images: [Float]
    ) throws -> ActivationRanges {
        BLAS.setThreadCount(1)
        let model = try BackboneModel(
            named: backbone,
            weights: weights,
            layer: layer,
            execution: ExecutionSettings(batch: 1, arithmetic: .exact)
        )
        let count = images.count / model.plan.input.count
        guard count > 0, count * model.plan.input.count == images.count else {
            throw BenchError("the calibration is no whole number of images")
        }
        var calibration = RangeCalibration(model.plan)
        calibration.add(images.span, count: count, workspace: Workspace(for: model.plan))
        return calibration.ranges
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

import ArgumentParser
import RecImage
import RecNetwork

/// `--backbone NAME --weights FILE`.
struct NetworkOptions: ParsableArguments {
    @Option(help: "The network: \(Backbone.builtIn.map(\.name).joined(separator: ", ")).")
    var backbone: String

    @Option(help: "Its weights: .pth, .safetensors or .h5, told apart by content.")
    var weights: String

    func validate() throws {
        try Self.check(backbone)
    }

    /// Checks that there is a backbone of that name.
    static func check(_ name: String) throws {
        do {
            _ = try Backbone.named(name)
        } catch {
            throw ValidationError(Failure.message(error))
        }
    }

    /// Opens the weights and compiles the network.
    ///
    /// Where OpenBLAS computes, it is told to use one thread, since pictures run in parallel.
    func extractor(
        settings: ExtractionSettings = ExtractionSettings(),
        execution: ExecutionSettings = .throughput
    ) throws -> CNNFeatureExtractor {
        try Self.extractor(backbone: backbone, weights: weights, settings: settings, execution: execution)
    }

    /// The same, from the values alone.
    static func extractor(
        backbone: String,
        weights: String,
        settings: ExtractionSettings = ExtractionSettings(),
        execution: ExecutionSettings = .throughput
    ) throws -> CNNFeatureExtractor {
        BLAS.setThreadCount(1)
        return try CNNFeatureExtractor(
            .named(backbone),
            weights: WeightFile(path: weights),
            settings: settings,
            execution: execution
        )
    }
}

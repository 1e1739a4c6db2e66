import ArgumentParser
import RecImage
import RecNetwork

/// `--backbone NAME --weights FILE`, or an ONNX file alone, and what the file does not say itself.
struct NetworkOptions: ParsableArguments {
    @Option(
        help:
            "The network: \(Backbone.builtIn.map(\.name).joined(separator: ", ")); leave it out for an ONNX file, which has its own."
    )
    var backbone: String?

    @Option(help: "Its weights: .pth, .safetensors, .h5 or .index.json, told apart by content; or an ONNX file.")
    var weights: String

    @OptionGroup var choice: WeightOptions

    @Option(help: ArithmeticOption.help)
    var arithmetic = ArithmeticOption.fastest

    func validate() throws {
        try backbone.map { try Self.check($0) }
    }

    /// Checks that there is a backbone of that name.
    static func check(_ name: String) throws {
        do {
            _ = try Backbone.named(name)
        } catch {
            throw ValidationError(Failure.message(error))
        }
    }

    /// Opens the weights, compiles the network and says what was chosen.
    ///
    /// Where OpenBLAS computes, it is told to use one thread, since pictures run in parallel.
    func extractor(
        settings: ExtractionSettings = ExtractionSettings(),
        execution: ExecutionSettings = .throughput
    ) throws -> CNNFeatureExtractor {
        var (settings, execution) = (settings, execution)
        execution.arithmetic = arithmetic.setting
        try choice.apply(to: &settings)
        return try Self.extractor(backbone: backbone, weights: weights, settings: settings, execution: execution)
    }

    /// The same, from the values alone.
    static func extractor(
        backbone: String?,
        weights: String,
        settings: ExtractionSettings = ExtractionSettings(),
        execution: ExecutionSettings = .throughput
    ) throws -> CNNFeatureExtractor {
        BLAS.setThreadCount(1)
        let extractor =
            if let backbone {
                try CNNFeatureExtractor(
                    .named(backbone),
                    weights: WeightFile(path: weights),
                    settings: settings,
                    execution: execution
                )
            } else {
                try CNNFeatureExtractor(ModelFile(path: weights).backbone, settings: settings, execution: execution)
            }
        Console.note("\(extractor.model.origin).")
        return extractor
    }
}

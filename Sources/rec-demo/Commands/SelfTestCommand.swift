import ArgumentParser
import RecCore
import RecImage
import RecNetwork

/// `rec-demo selftest`: whether a model gives the vector that is written beside it.
struct SelfTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "selftest",
        abstract: "Compare a model with the vector that its self-test expects.",
        discussion: """
            The self-test is the file selftest.json beside the weights, with a picture; Scripts/write_selftest.py writes \
            it from PyTorch, timm, transformers or open_clip. Every program that opens the weights checks it too. The \
            exit code is 0 when the vectors agree.
            """
    )

    @OptionGroup var network: NetworkOptions

    @Option(help: "The layer of the features: pooled, pool5 or fc2 for VGG, or the name of a tensor of an ONNX file.")
    var layer = "pooled"

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        try Failure.exiting {
            let settings = ExtractionSettings(layer: FeatureLayer(rawValue: layer))
            let extractor = try network.extractor(settings: settings)
            try Console.result(try compare(extractor))
        }
    }

    private func compare(_ extractor: CNNFeatureExtractor) throws -> String {
        // A folder or an index stands for the weights in it.
        let path = try network.backbone == nil ? network.weights : WeightFile(path: network.weights).path
        guard let test = try SelfTest(beside: path) else {
            throw RecError(
                .fileNotFound,
                path: path,
                "There is no \(SelfTest.fileName) beside it. Write one with Scripts/write_selftest.py."
            )
        }
        guard extractor.fits(test, weights: path) else {
            throw RecError(
                .invalidSelfTest,
                path: test.path,
                "It is for weights '\(test.weights ?? "of any name")', layer '\(test.layer.rawValue)' and pooling "
                    + "'\(test.pooling)': it says nothing about these."
            )
        }
        let report = try extractor.report(of: test)
        guard json else { return "\(test.path): passed; \(report.description)." }
        return JSONValue.object([
            ("self-test", .string(test.path)), ("cosine", .number(report.cosine)),
            ("minimum-cosine", .number(report.minimumCosine)), ("difference", .number(report.difference)),
            ("component", .integer(report.component)),
            ("input-difference", .optional(report.inputDifference)),
        ]).text
    }
}

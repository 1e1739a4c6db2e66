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

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        try Failure.exiting {
            try Console.result(try text(try network.extractor().selfTest))
        }
    }

    private func text(_ result: SelfTestResult) throws -> String {
        let test: SelfTest
        let report: SelfTestReport
        switch result {
        case .missing:
            throw RecError(
                .fileNotFound,
                path: network.weights,
                "There is no \(SelfTest.fileName) beside the weights. Write one with Scripts/write_selftest.py."
            )
        case .unrelated(let other):
            let weights = other.weights.map { "weights '\($0)', " } ?? ""
            throw RecError(
                .invalidSelfTest,
                path: other.path,
                "It is for \(weights)layer '\(other.layer.rawValue)' and pooling '\(other.pooling)'; it says nothing about "
                    + "these."
            )
        case .passed(let passed, let figures): (test, report) = (passed, figures)
        }
        guard json else { return "\(test.path): passed; \(report.description)." }
        return JSONValue.object([
            ("self-test", .string(test.path)), ("cosine", .number(report.cosine)),
            ("minimum-cosine", .number(report.minimumCosine)), ("difference", .number(report.difference)),
            ("component", .integer(report.component)),
            ("input-difference", .optional(report.inputDifference)),
        ]).text
    }
}

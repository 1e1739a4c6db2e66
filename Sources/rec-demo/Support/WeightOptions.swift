import ArgumentParser
import RecCore
import RecImage
import RecNetwork

/// `--prefix NAME --preprocessing NAME`: what a weight file does not say itself.
struct WeightOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Which network of the weight file, when several fit: the text before the names of its tensors.",
            discussion: "Examples: model_ema, encoder_q, layers/functional. The error about several lists them."
        )
    )
    var prefix: String?

    @Option(
        help: ArgumentHelp(
            "How pictures are prepared, when the weights do not say it or say it wrongly.",
            discussion: """
                One of \(Preprocessing.named.map(\.name).joined(separator: ", ")), or the text of a recipe. By default \
                the one that the digest of the file or the config.json beside it states, or else that of the library \
                that the names of the tensors belong to.
                """
        )
    )
    var preprocessing: String?

    func validate() throws {
        do {
            _ = try stated
        } catch {
            throw ValidationError(Failure.message(error))
        }
    }

    /// Takes the options into settings.
    func apply(to settings: inout ExtractionSettings) throws {
        settings.prefix = prefix
        settings.preprocessing = try stated
    }

    private var stated: Preprocessing? {
        get throws { try preprocessing.map { try Preprocessing(named: $0) } }
    }
}

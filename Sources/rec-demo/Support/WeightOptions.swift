import ArgumentParser
import RecCore
import RecImage
import RecNetwork

/// `--layer NAME --prefix NAME --preprocessing NAME --pooling NAME`: what a weight file does not say itself.
struct WeightOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The layer to take features from: pooled, pool5 or fc2 for VGG, normalized for ConvNeXt, or the name of a tensor of an ONNX file.",
            valueName: "name"
        )
    )
    var layer = FeatureLayer.pooled.rawValue

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
                One of \(Preprocessing.named.map(\.name).joined(separator: ", ")), where clip, siglip and those of Keras \
                may be followed by a side, as in clip-336; or the text of a recipe. By default the one that the digest \
                of the file or a configuration beside it states, or else that of the library that the names of the \
                tensors belong to.
                """
        )
    )
    var preprocessing: String?

    @Option(
        help: ArgumentHelp(
            "How a feature map becomes a vector: average, max, gem, token or none.",
            discussion:
                "token takes the first position, the class token of a vision transformer; none takes all values."
        )
    )
    var pooling = PoolingOption.average

    func validate() throws {
        do {
            _ = try stated
        } catch {
            throw ValidationError(Failure.message(error))
        }
    }

    /// Whether an option has another value than its default.
    var isGiven: Bool {
        layer != FeatureLayer.pooled.rawValue || pooling != .average || prefix != nil || preprocessing != nil
    }

    /// Takes the options into settings.
    func apply(to settings: inout ExtractionSettings) throws {
        settings.layer = FeatureLayer(rawValue: layer)
        settings.prefix = prefix
        settings.preprocessing = try stated
        settings.pooling = pooling.setting
    }

    private var stated: Preprocessing? {
        get throws { try preprocessing.map { try Preprocessing(named: $0) } }
    }
}

/// The values of `--pooling`.
enum PoolingOption: String, ExpressibleByArgument, CaseIterable {
    case average, max, gem, token, none

    var setting: FeaturePooling {
        switch self {
        case .average: .average
        case .max: .maximum
        case .gem: .generalizedMean()
        case .token: .token
        case .none: .none
        }
    }
}

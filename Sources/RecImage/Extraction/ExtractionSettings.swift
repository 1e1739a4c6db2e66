public import RecCore
public import RecNetwork

/// The settings of a feature extractor: layer, pooling, preprocessing and decoding.
///
/// Every setting that can change the features of a picture is part of the recipe; `decoders` and
/// `maximumPixelCount` only limit the files that can be used. A decoder that replaces a built-in one should give the
/// same pixels.
public struct ExtractionSettings: Sendable {
    /// The accuracy of decoding.
    public enum Decoding: String, Sendable, Hashable, CaseIterable {
        /// All pixels, as Pillow decodes them.
        case exact
        /// A reduced scale if the picture is shrunk afterwards.
        case fast
    }

    package var layer: FeatureLayer
    package var pooling: FeaturePooling
    package var preprocessing: Preprocessing?
    package var prefix: String?
    package var decoding: Decoding
    package var orientation: OrientationHandling
    package var damage: DamageHandling
    package var background: RGBColor
    package var aggregation: InputAggregation
    package var decoders: PictureDecoders
    package var maximumPixelCount: Int

    /// Creates settings; the defaults suit retrieval, and all are checked when they are used.
    ///
    /// - Parameters:
    ///   - layer: The layer that features are taken from.
    ///   - pooling: The pooling of a feature map to one value per channel.
    ///   - preprocessing: The preprocessing from a picture to the input of the network; `nil` for that of the weights.
    ///   - prefix: The text before the names of the tensors, for a weight file with several networks: `model_ema`,
    ///     `encoder_q`. `nil` is right for files with one network that fits, wherever it is in the file.
    ///   - decoding: The accuracy of decoding.
    ///   - orientation: The handling of the orientation tag.
    ///   - damage: The handling of truncated or damaged pictures.
    ///   - background: The colour that transparent pixels are laid on.
    ///   - aggregation: The vector of a product with several pictures.
    ///   - decoders: The available decoders.
    ///   - maximumPixelCount: The greatest number of pixels in a picture; 1 or more.
    public init(
        layer: FeatureLayer = .pooled,
        pooling: FeaturePooling = .average,
        preprocessing: Preprocessing? = nil,
        prefix: String? = nil,
        decoding: Decoding = .exact,
        orientation: OrientationHandling = .apply,
        damage: DamageHandling = .refused,
        background: RGBColor = RGBColor(red: 255, green: 255, blue: 255),
        aggregation: InputAggregation = .mean,
        decoders: PictureDecoders = .builtIn,
        maximumPixelCount: Int = 178_956_970
    ) {
        self.layer = layer
        self.pooling = pooling
        self.preprocessing = preprocessing
        self.prefix = prefix
        self.decoding = decoding
        self.orientation = orientation
        self.damage = damage
        self.background = background
        self.aggregation = aggregation
        self.decoders = decoders
        self.maximumPixelCount = maximumPixelCount
    }

    /// Checks the settings.
    ///
    /// - Throws: `RecError` with code `invalidSetting`.
    func validate() throws(RecError) {
        guard maximumPixelCount > 0 else {
            throw RecError(.invalidSetting, "'maximumPixelCount' is \(maximumPixelCount); it must be at least 1.")
        }
        guard !decoders.decoders.isEmpty else {
            throw RecError(.invalidSetting, "There is no decoder; 'decoders' must have at least one.")
        }
        if case .generalizedMean(let exponent, let epsilon) = pooling {
            for (name, number) in [("exponent", exponent), ("epsilon", epsilon)] where !(number > 0 && number.isFinite)
            {
                throw RecError(.invalidSetting, "'\(name)' of the pooling is \(number); it must be greater than 0.")
            }
        }
    }

    /// A picture reader with these settings.
    var reader: PictureReader {
        PictureReader(
            decoders: decoders,
            orientation: orientation,
            damage: damage,
            background: background,
            maximumPixelCount: maximumPixelCount
        )
    }
}

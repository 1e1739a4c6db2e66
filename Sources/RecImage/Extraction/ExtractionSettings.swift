public import RecCore
public import RecNetwork

/// The settings of a feature extractor: layer, pooling, preprocessing and decoding.
///
/// Every setting that can change the features of a picture is part of the recipe; ``decoders`` and
/// ``maximumPixelCount`` only limit the files that can be used. A decoder that replaces a built-in one should give the
/// same pixels.
public struct ExtractionSettings: Sendable {
    /// The accuracy of decoding.
    public enum Decoding: String, Sendable, Hashable, CaseIterable {
        /// All pixels, as Pillow decodes them.
        case exact
        /// A reduced scale if the picture is shrunk afterwards.
        case fast
    }

    /// The layer that features are taken from.
    public var layer: FeatureLayer

    /// The pooling of a feature map to one value per channel.
    public var pooling: FeaturePooling

    /// The preprocessing from a picture to the input of the network; `nil` for that of the weights.
    public var preprocessing: Preprocessing?

    /// The text before the names of the tensors, for a weight file with several networks: `model_ema`, `encoder_q`.
    ///
    /// `nil` is right for files with one network that fits, wherever it is in the file.
    public var prefix: String?

    /// The accuracy of decoding.
    public var decoding: Decoding

    /// The handling of the orientation tag.
    public var orientation: OrientationHandling

    /// The handling of truncated or damaged pictures.
    public var damage: DamageHandling

    /// The colour that transparent pixels are laid on.
    public var background: RGBColor

    /// The vector of a product with several pictures.
    public var aggregation: InputAggregation

    /// The available decoders.
    public var decoders: PictureDecoders

    /// The greatest number of pixels in a picture.
    public var maximumPixelCount: Int

    /// Creates settings; the defaults suit retrieval.
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

public import RecNetwork

/// What a feature extractor does to a picture besides running the network.
///
/// All that can change the numbers of a picture is part of the recipe; ``decoders`` and ``maximumPixelCount`` only decide
/// which files can be used. A decoder that takes the place of a built-in one should give the same pixels.
public struct ExtractionSettings: Sendable {
    /// How much work goes into decoding.
    public enum Decoding: String, Sendable, Hashable, CaseIterable {
        /// All pixels, as Pillow decodes them.
        case exact
        /// At a reduced scale where the picture is shrunk anyway.
        case fast
    }

    /// The layer that features are taken from.
    public var layer: FeatureLayer

    /// How a feature map becomes one value a plane.
    public var pooling: FeaturePooling

    /// How a picture becomes the input of the network; what the weights were trained with when `nil`.
    public var preprocessing: Preprocessing?

    /// How much work goes into decoding.
    public var decoding: Decoding

    /// What to do about a camera that was not held upright.
    public var orientation: OrientationHandling

    /// What to do about truncated or damaged pictures.
    public var damage: DamageHandling

    /// The decoders to choose from, by content.
    public var decoders: PictureDecoders

    /// The most pixels a picture may have.
    public var maximumPixelCount: Int

    /// Creates settings; the defaults are those that suit retrieval.
    public init(
        layer: FeatureLayer = .pooled,
        pooling: FeaturePooling = .average,
        preprocessing: Preprocessing? = nil,
        decoding: Decoding = .exact,
        orientation: OrientationHandling = .apply,
        damage: DamageHandling = .refused,
        decoders: PictureDecoders = .builtIn,
        maximumPixelCount: Int = 178_956_970
    ) {
        self.layer = layer
        self.pooling = pooling
        self.preprocessing = preprocessing
        self.decoding = decoding
        self.orientation = orientation
        self.damage = damage
        self.decoders = decoders
        self.maximumPixelCount = maximumPixelCount
    }

    /// What reads pictures with these settings.
    var reader: PictureReader {
        PictureReader(
            decoders: decoders,
            orientation: orientation,
            damage: damage,
            maximumPixelCount: maximumPixelCount
        )
    }
}

public import RecNetwork

/// What a feature extractor does to a picture besides running the network.
///
/// All of it is part of the recipe.
public struct ExtractionSettings: Sendable, Hashable {
    /// How much work goes into decoding.
    public enum Decoding: String, Sendable, Hashable, CaseIterable {
        /// All pixels, as Pillow decodes them.
        case exact
        /// At a reduced scale where the picture is shrunk anyway; see ``JPEGDecoder/Mode/fast(targetShortSide:)``.
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
    public var orientation: JPEGDecoder.OrientationHandling

    /// Whether to use what a truncated or damaged file has, instead of refusing it.
    public var acceptsDamagedPictures: Bool

    /// The most pixels a picture may have; it has no part in the recipe, since it changes no numbers.
    public var maximumPixelCount: Int

    /// Creates settings; the defaults are those that suit retrieval.
    public init(
        layer: FeatureLayer = .pooled,
        pooling: FeaturePooling = .average,
        preprocessing: Preprocessing? = nil,
        decoding: Decoding = .exact,
        orientation: JPEGDecoder.OrientationHandling = .apply,
        acceptsDamagedPictures: Bool = false,
        maximumPixelCount: Int = 178_956_970
    ) {
        self.layer = layer
        self.pooling = pooling
        self.preprocessing = preprocessing
        self.decoding = decoding
        self.orientation = orientation
        self.acceptsDamagedPictures = acceptsDamagedPictures
        self.maximumPixelCount = maximumPixelCount
    }
}

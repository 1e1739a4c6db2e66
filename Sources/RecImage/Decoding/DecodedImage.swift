/// A picture that came out of a file, and what is known about how.
public struct DecodedImage: Sendable, Hashable {
    /// The pixels, upright if that was asked for.
    public let image: RGBImage

    /// The size that the picture has in the file, turned like ``image``.
    ///
    /// Larger than ``image`` when the decoder scaled (``JPEGDecoder/Mode/fast(targetShortSide:)``).
    public let fullSize: ImageSize

    /// Whether a part of the data was missing or damaged; only a lenient decoder lets that through.
    public let isDamaged: Bool

    /// The part of ``image`` that stands for the full picture, in pixels of ``image``.
    ///
    /// A scaled picture's sides are rounded up, so that its last column or row may be partly outside.
    let region: SourceRegion

    /// Wraps a picture that did not come out of a file.
    public init(_ image: RGBImage) {
        self.init(image: image, fullSize: image.size, region: SourceRegion(of: image.size), isDamaged: false)
    }

    init(image: RGBImage, fullSize: ImageSize, region: SourceRegion, isDamaged: Bool) {
        self.image = image
        self.fullSize = fullSize
        self.region = region
        self.isDamaged = isDamaged
    }

    /// The picture as it should be seen, when it is stored like this.
    func upright(from orientation: Orientation) -> DecodedImage {
        DecodedImage(
            image: orientation.upright(image),
            fullSize: orientation.swapsSides ? fullSize.transposed : fullSize,
            region: orientation.upright(region, of: image.size),
            isDamaged: isDamaged
        )
    }
}

/// A picture decoded from a file, with details of its decoding.
package struct DecodedImage: Sendable, Hashable {
    /// The pixels, upright if requested.
    package let image: RGBImage

    /// The size of the picture in the file, in the orientation of ``image``.
    ///
    /// Larger than ``image`` when it was decoded at a reduced scale (``DecodingScale/reduced(shortSide:)``).
    package let fullSize: ImageSize

    /// Whether a part of the data was missing or damaged; always `false` unless the reader accepts damage.
    package let isDamaged: Bool

    /// The part of ``image`` that represents the full picture, in pixels of ``image``.
    ///
    /// A scaled picture's sides are rounded up, so that its last column or row may be partly outside.
    let region: SourceRegion

    /// Wraps a picture that does not come from a file.
    package init(_ image: RGBImage) {
        self.image = image
        fullSize = image.size
        region = SourceRegion(of: image.size)
        isDamaged = false
    }

    /// The whole picture, decoded under a plan.
    init(_ planned: PlannedImage) {
        image = planned.image
        fullSize = planned.fullSize
        region = planned.plan.uprightRegion
        isDamaged = planned.isDamaged
    }
}

extension DecodedImage: CustomStringConvertible {
    /// The sides, without the pixels.
    package var description: String {
        "\(image.size) of \(fullSize)\(isDamaged ? ", damaged" : "")"
    }
}

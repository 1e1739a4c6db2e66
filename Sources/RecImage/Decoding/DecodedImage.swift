/// A picture that came out of a file, and what is known about how.
package struct DecodedImage: Sendable, Hashable {
    /// The pixels, upright if that was asked for.
    package let image: RGBImage

    /// The size that the picture has in the file, turned like ``image``.
    ///
    /// Larger than ``image`` when it was decoded at a reduced scale (``DecodingScale/reduced(shortSide:)``).
    package let fullSize: ImageSize

    /// Whether a part of the data was missing or damaged, which only a reader that accepts damage lets through.
    package let isDamaged: Bool

    /// The part of ``image`` that stands for the full picture, in pixels of ``image``.
    ///
    /// A scaled picture's sides are rounded up, so that its last column or row may be partly outside.
    let region: SourceRegion

    /// Wraps a picture that did not come out of a file.
    package init(_ image: RGBImage) {
        self.image = image
        fullSize = image.size
        region = SourceRegion(of: image.size)
        isDamaged = false
    }

    /// The whole picture, as a plan asked for it.
    init(_ planned: PlannedImage) {
        image = planned.image
        fullSize = planned.fullSize
        region = planned.plan.uprightRegion
        isDamaged = planned.isDamaged
    }
}

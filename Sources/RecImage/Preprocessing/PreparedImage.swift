/// What a network gets to see of a picture, before normalising.
package struct PreparedImage: Sendable, Hashable {
    /// A picture of ``Preprocessing/outputSize``.
    package let image: RGBImage
    /// The size that the upright picture has in the file.
    package let fullSize: ImageSize
    /// Whether a part of the data was missing or damaged; only a lenient decoder lets that through.
    package let isDamaged: Bool
}

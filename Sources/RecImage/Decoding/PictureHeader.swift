/// The header of a picture file.
public struct PictureHeader: Sendable, Hashable {
    /// The size of the stored picture, before rotation.
    package var size: ImageSize

    /// The orientation of the stored picture.
    package var orientation: Orientation

    /// The reduced scales that the decoder supports: 2 for half the size, and so on.
    ///
    /// A side of a scaled picture is the stored one divided by the number, rounded up.
    package var denominators: [Int]

    /// The greatest number of pixels in a file of this size, if the format has such a bound.
    ///
    /// A larger picture is refused before memory is allocated for it.
    package var pixelCapacity: Int?

    /// The number of pixels that the decoder allocates, when the picture's data has a say in it.
    ///
    /// More than the limit of pixels are refused, whatever the size is.
    package var decodedPixelCount: Int?

    /// Creates a header.
    public init(
        size: ImageSize,
        orientation: Orientation = .upright,
        denominators: [Int] = [],
        pixelCapacity: Int? = nil
    ) {
        self.size = size
        self.orientation = orientation
        self.denominators = denominators
        self.pixelCapacity = pixelCapacity
    }
}

/// What a file says about its picture in front of the pixels.
public struct PictureHeader: Sendable, Hashable {
    /// The size of the stored picture, before it is turned upright.
    package var size: ImageSize

    /// How the stored picture lies.
    package var orientation: Orientation

    /// The scales at which the decoder can decode besides the full one: 2 for half the size, and so on.
    ///
    /// A side of a scaled picture is the stored one divided by the number, rounded up.
    package var denominators: [Int]

    /// The most pixels that so many bytes can hold, if the format has such a bound.
    ///
    /// A larger picture is refused before memory is taken for it.
    package var pixelCapacity: Int?

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

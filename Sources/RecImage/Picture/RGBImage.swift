/// A picture in memory: 8 bits per channel, red, green, blue.
///
/// Rows follow each other from top to bottom without padding, pixels from left to right, channels interleaved (H x W x
/// 3). The values are those of the file, usually sRGB; colour profiles are not applied.
public struct RGBImage: Sendable, Hashable {
    /// The number of columns; at least one.
    package let width: Int
    /// The number of rows; at least one.
    package let height: Int
    /// The bytes, `height * width * 3` of them.
    package let pixels: [UInt8]

    /// Creates a picture from its bytes.
    ///
    /// - Precondition: Both sides are positive and `pixels.count` is `width * height * 3`.
    public init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(width > 0 && height > 0, "a picture has at least one pixel")
        precondition(pixels.count == width * height * 3, "\(width)x\(height) pixels need three bytes each")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// The sides.
    package var size: ImageSize { ImageSize(width: width, height: height) }
}

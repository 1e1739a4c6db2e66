/// The sides of a picture in pixels.
public struct ImageSize: Sendable, Hashable, CustomStringConvertible {
    /// The number of columns.
    public var width: Int
    /// The number of rows.
    public var height: Int

    /// Creates a size.
    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// The shorter side.
    public var shortSide: Int { min(width, height) }

    /// The size of the picture turned by a quarter.
    public var transposed: ImageSize { ImageSize(width: height, height: width) }

    /// Width and height, as `640x480`.
    public var description: String { "\(width)x\(height)" }
}

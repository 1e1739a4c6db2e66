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
    package var shortSide: Int { min(width, height) }

    /// The size with width and height exchanged.
    package var transposed: ImageSize { ImageSize(width: height, height: width) }

    /// The size of the picture at 1/`denominator` of its scale; sides are rounded up.
    func divided(by denominator: Int) -> ImageSize {
        func divided(_ side: Int) -> Int { side / denominator + (side % denominator == 0 ? 0 : 1) }
        return ImageSize(width: divided(width), height: divided(height))
    }

    /// Width and height, as `640x480`.
    public var description: String { "\(width)x\(height)" }

    /// Reads a ``description``; `nil` for any other text.
    package init?(_ description: String) {
        let sides = description.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard sides.count == 2, let width = sides[0], let height = sides[1] else { return nil }
        self.init(width: width, height: height)
    }
}
